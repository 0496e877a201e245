package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.storage.Hash;

/**
 * An app.
 *
 * @param appKey the key of the app's global functions (INST-3)
 * @param owner the owner of the shared store's partition; a new one after a reset
 */
public record AppRecord(String appId, String appKey, String owner) {

    /** Exists until the app is reset (INST-5). */
    RecordName guard() {
        return Partition.guardOf(owner);
    }

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
