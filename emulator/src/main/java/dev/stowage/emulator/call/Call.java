package dev.stowage.emulator.call;

import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.util.OptionalLong;

/**
 * An operation with its caller.
 *
 * @param installId the install that calls; empty for a global function
 * @param client the address of the connection, or {@code direct} and the name of the thread
 */
public record Call(String appId, OptionalLong installId, StoreName store, Operation operation, String client) {

    /** Returns the call without the values that it carries. */
    public CallSummary summary() {
        return new CallSummary(appId, installId, store, operation.name(), operation.key(), client);
    }

    /** For messages: {@code kvStore.put of 'k' by 127.0.0.1:5000}. */
    @Override
    public String toString() {
        return summary().toString();
    }
}
