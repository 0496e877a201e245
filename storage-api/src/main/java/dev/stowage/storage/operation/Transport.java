package dev.stowage.storage.operation;

import dev.stowage.storage.StoreName;

/** Sends operations to a storage service. Implementations are safe for use by many threads at once. */
@FunctionalInterface
public interface Transport {

    /**
     * Executes one operation and waits for its reply.
     *
     * @throws dev.stowage.storage.StorageException if the operation was refused, or no response arrived
     */
    Reply execute(StoreName store, Operation operation);
}
