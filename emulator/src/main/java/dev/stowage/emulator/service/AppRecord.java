package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;

/**
 * What the emulator knows of an app.
 *
 * @param appKey the key of its global functions (INST-3)
 * @param owner whose partition its shared store is; another one after a reset
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
