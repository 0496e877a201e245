package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.Map;

/**
 * The caller of an operation: an install, or an app's global function. The key determines it once, at the entry point. Code
 * behind the entry point can only reach the caller's partitions (INST-1, INST-2).
 */
public sealed interface Caller {

    AppRecord app();

    /** Returns the caller's partition of a store. */
    Partition partition(StoreName store);

    /** Exists until the caller's install ends, or its app is reset. Every step of the caller names it (INST-5). */
    RecordName guard();

    /** An install of the app. */
    record OfInstall(AppRecord app, InstallRecord install, RecordName guard) implements Caller {

        public OfInstall(AppRecord app, InstallRecord install) {
            this(app, install, install.guard());
        }

        @Override
        public Partition partition(StoreName store) {
            return new Partition(store == StoreName.SHARED_KV_STORE ? app.owner() : install.owner(), store.wireName());
        }
    }

    /** A global function. It has no install and can use the shared store only (INST-3). */
    record OfApp(AppRecord app, RecordName guard) implements Caller {

        public OfApp(AppRecord app) {
            this(app, app.guard());
        }

        @Override
        public Partition partition(StoreName store) {
            if (store != StoreName.SHARED_KV_STORE) {
                throw new StorageException(
                        ErrorCode.NO_INSTALL_CONTEXT,
                        "An app's key gives access to sharedKvStore only, not to " + store
                                + ", because a global function has no install. Use an install's key. (INST-3)",
                        Map.of("store", store.wireName()));
            }
            return new Partition(app.owner(), store.wireName());
        }
    }
}
