package dev.stowage.emulator.interleaving;

import dev.stowage.storage.StorageException;

/** An operation of an actor that waits for its turn. One of the methods is called, once, and must not block. */
public interface PausedOperation {

    /** It is the operation's turn. */
    void proceed();

    /** The order has ended before the operation's turn. */
    void refuse(StorageException why);
}
