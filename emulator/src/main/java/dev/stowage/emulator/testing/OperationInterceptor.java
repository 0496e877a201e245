package dev.stowage.emulator.testing;

import dev.stowage.emulator.interleaving.Account;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.util.function.Supplier;

/** Intercepts an app's operations on the calling thread, where they can be delayed. */
@FunctionalInterface
public interface OperationInterceptor {

    /** Executes every operation at once. */
    OperationInterceptor NONE = (account, store, operation, proceed) -> proceed.get();

    /**
     * Executes the operation by calling {@code proceed}, possibly after a wait.
     *
     * @param account the account whose records it accesses
     */
    Reply around(Account account, StoreName store, Operation operation, Supplier<Reply> proceed);
}
