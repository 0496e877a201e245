package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;
import java.time.Instant;
import java.util.Locale;

/**
 * Something in the life of an install.
 *
 * @param at when, by its app's clock
 */
public record InstallEvent(Kind kind, Instant at) {

    /** What can happen. */
    public enum Kind {
        INSTALLED,
        /** A new version of the app: id, key and data stay. */
        UPGRADED,
        UNINSTALLED,
        /** The installation failed: what it had written is gone. */
        FAILED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static InstallEvent from(Hash hash) {
        return new InstallEvent(
                Kind.valueOf(RecordFields.string(hash, "kind")), Instant.parse(RecordFields.string(hash, "at")));
    }

    Hash toHash() {
        return Hash.of("kind", kind.name(), "at", at.toString());
    }
}
