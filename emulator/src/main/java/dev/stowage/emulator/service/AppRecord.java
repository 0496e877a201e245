package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;

/**
 * An app.
 *
 * @param appKey the key of the app's global functions (INST-3)
 * @param owner the owner of the shared store's partition; a new one after a reset
 */
public record AppRecord(String appId, String appKey, String owner) {

    static AppRecord from(Hash hash) {
        return new AppRecord(
                RecordFields.string(hash, "appId"),
                RecordFields.string(hash, "appKey"),
                RecordFields.string(hash, "owner"));
    }

    Hash toHash() {
        return Hash.of("appId", appId, "appKey", appKey, "owner", owner);
    }
}
