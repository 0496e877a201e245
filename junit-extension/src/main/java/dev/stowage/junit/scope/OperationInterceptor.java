package dev.stowage.junit.scope;

import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.util.function.Supplier;

/** Stands between an app and its stores, on the app's own thread: where an operation can be made to wait. */
@FunctionalInterface
public interface OperationInterceptor {

    /** Lets everything go on at once. */
    OperationInterceptor NONE = (account, store, operation, onward) -> onward.get();

    /**
     * Has the operation carried out, sooner or later.
     *
     * @param account whose partition it goes to
     */
    Reply around(Account account, StoreName store, Operation operation, Supplier<Reply> onward);
}
