package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.storage.Hash;
import java.util.Locale;

/**
 * An install.
 *
 * @param trackerId the account that the app is installed in
 * @param owner the owner of the partitions of its stores; with the policy {@code keep}, a reinstall takes them over
 * @param succeeded whether a reinstall has replaced this install with a new one
 */
public record InstallRecord(
        long installId, String appId, String trackerId, String apiKey, String owner, State state, boolean succeeded) {

    /** The states of an install. */
    public enum State {
        ACTIVE,
        UNINSTALLED,
        /** The installation failed; the data was deleted under either reinstall policy. */
        FAILED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    /** Exists while the install is active (INST-5). */
    RecordName guard() {
        return Partition.guardOf("install/" + installId);
    }

    static InstallRecord from(Hash hash) {
        return new InstallRecord(
                RecordFields.number(hash, "installId"),
                RecordFields.string(hash, "appId"),
                RecordFields.string(hash, "trackerId"),
                RecordFields.string(hash, "apiKey"),
                RecordFields.string(hash, "owner"),
                State.valueOf(RecordFields.string(hash, "state")),
                Boolean.TRUE.equals(hash.getBoolean("succeeded")));
    }

    Hash toHash() {
        return Hash.builder()
                .set("installId", installId)
                .set("appId", appId)
                .set("trackerId", trackerId)
                .set("apiKey", apiKey)
                .set("owner", owner)
                .set("state", state.name())
                .set("succeeded", succeeded)
                .build();
    }

    InstallRecord in(State other) {
        return new InstallRecord(installId, appId, trackerId, apiKey, owner, other, succeeded);
    }

    InstallRecord withSuccessor() {
        return new InstallRecord(installId, appId, trackerId, apiKey, owner, state, true);
    }
}
