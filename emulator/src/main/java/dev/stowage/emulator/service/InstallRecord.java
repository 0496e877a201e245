package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;

/**
 * What the emulator knows of an install.
 *
 * @param trackerId the account it sits in
 * @param owner whose partitions its stores are; with the policy {@code keep} a reinstall takes them over
 * @param active false once it was uninstalled
 * @param succeeded true once a reinstall has made another install of it
 */
public record InstallRecord(
        long installId,
        String appId,
        String trackerId,
        String apiKey,
        String owner,
        boolean active,
        boolean succeeded) {

    static InstallRecord from(Hash hash) {
        return new InstallRecord(
                Fields.number(hash, "installId"),
                Fields.string(hash, "appId"),
                Fields.string(hash, "trackerId"),
                Fields.string(hash, "apiKey"),
                Fields.string(hash, "owner"),
                Boolean.TRUE.equals(hash.getBoolean("active")),
                Boolean.TRUE.equals(hash.getBoolean("succeeded")));
    }

    Hash toHash() {
        return Hash.builder()
                .set("installId", installId)
                .set("appId", appId)
                .set("trackerId", trackerId)
                .set("apiKey", apiKey)
                .set("owner", owner)
                .set("active", active)
                .set("succeeded", succeeded)
                .build();
    }

    InstallRecord uninstalled() {
        return new InstallRecord(installId, appId, trackerId, apiKey, owner, false, succeeded);
    }

    InstallRecord withSuccessor() {
        return new InstallRecord(installId, appId, trackerId, apiKey, owner, active, true);
    }
}
