package dev.stowage.storage.operation;

import dev.stowage.storage.StoreName;

/** The way from a caller to a storage service: one operation there, one reply back. Safe for many threads at once. */
@FunctionalInterface
public interface Transport {

    /**
     * Has the operation carried out.
     *
     * @throws dev.stowage.storage.StorageException if it was refused or no answer came
     */
    Reply execute(StoreName store, Operation operation);
}
