package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;
import java.util.Locale;

/**
 * What the emulator knows of an install.
 *
 * @param trackerId the account it sits in
 * @param owner whose partitions its stores are; with the policy {@code keep} a reinstall takes them over
 * @param succeeded true once a reinstall has made another install of it
 */
public record InstallRecord(
        long installId, String appId, String trackerId, String apiKey, String owner, State state, boolean succeeded) {

    /** Where an install is in its life. */
    public enum State {
        ACTIVE,
        UNINSTALLED,
        /** It was ended because its installation failed; its data is gone under either policy. */
        FAILED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean active() {
        return state == State.ACTIVE;
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
