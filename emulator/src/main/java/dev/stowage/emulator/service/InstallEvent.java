package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;
import java.time.Instant;
import java.util.Locale;

/**
 * An event in an install's lifecycle.
 *
 * @param at the time of the app's clock
 */
public record InstallEvent(Kind kind, Instant at) {

    /** The kinds of events. */
    public enum Kind {
        INSTALLED,
        /** The app was upgraded to a new version; id, key and data stay. */
        UPGRADED,
        UNINSTALLED,
        /** The installation failed; its data was deleted. */
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
