package dev.stowage.emulator.call;

import dev.stowage.storage.StoreName;
import java.util.OptionalLong;

/**
 * Which operation it was: names alone, and none of the values that it carried.
 *
 * @param installId who asked; empty for a global function
 * @param operation the name that app developers know: {@code put}
 * @param client where it came from: a connection's address, or {@code direct} and the thread's name
 */
public record CallSummary(
        String appId, OptionalLong installId, StoreName store, String operation, String key, String client) {

    @Override
    public String toString() {
        return store + "." + operation + " of '" + key + "' by " + client;
    }
}
