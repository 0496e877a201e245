package dev.stowage.emulator.call;

import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.util.OptionalLong;

/**
 * An operation on its way.
 *
 * @param installId who asks; empty for a global function
 * @param client where it came from: a connection's address, or {@code direct} and the thread's name
 */
public record Call(String appId, OptionalLong installId, StoreName store, Operation operation, String client) {

    /** The same without what the operation carries: to be kept. */
    public CallSummary summary() {
        return new CallSummary(appId, installId, store, operation.name(), operation.key(), client);
    }

    /** For messages: {@code kvStore.put of 'k' by 127.0.0.1:5000}. */
    @Override
    public String toString() {
        return summary().toString();
    }
}
