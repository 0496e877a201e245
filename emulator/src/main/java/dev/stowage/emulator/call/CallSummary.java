package dev.stowage.emulator.call;

import dev.stowage.storage.StoreName;
import java.util.OptionalLong;

/**
 * The names of an operation and its caller, without values.
 *
 * @param installId the install that called; empty for a global function
 * @param operation the name of the operation, for example {@code put}
 * @param client the address of the connection, or {@code direct} and the name of the thread
 */
public record CallSummary(
        String appId, OptionalLong installId, StoreName store, String operation, String key, String client) {

    @Override
    public String toString() {
        return store + "." + operation + " of '" + key + "' by " + client;
    }
}
