package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.Map;

/**
 * Who is asking: an install, or an app's global function. Decided once, at the door, by the key; nothing further in can
 * name a partition that is not the caller's (INST-1, INST-2).
 */
public sealed interface Caller {

    AppRecord app();

    /** The partition that this caller means by the store's name. */
    Partition partition(StoreName store);

    /** An install of the app. */
    record OfInstall(AppRecord app, InstallRecord install) implements Caller {
        @Override
        public Partition partition(StoreName store) {
            return new Partition(store == StoreName.SHARED_KV_STORE ? app.owner() : install.owner(), store.wireName());
        }
    }

    /** A global function: no install, and so no store but the shared one (INST-3). */
    record OfApp(AppRecord app) implements Caller {
        @Override
        public Partition partition(StoreName store) {
            if (store != StoreName.SHARED_KV_STORE) {
                throw new StorageException(
                        ErrorCode.NO_INSTALL_CONTEXT,
                        "An app's key opens sharedKvStore alone, and " + store
                                + " was asked for: a global function has no install. Use an install's key. (INST-3)",
                        Map.of("store", store.wireName()));
            }
            return new Partition(app.owner(), store.wireName());
        }
    }
}
