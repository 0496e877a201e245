package dev.stowage.contract.history;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call of a concurrent history, as its client observed it.
 *
 * @param client the number of the client
 * @param response null if there was none: it may have happened, or not, or will happen later
 * @param called when it was called, in nanoseconds of one clock for all clients
 * @param returned when the response arrived; meaningless without a response
 */
public record CallEvent(int client, Call call, @Nullable Response response, long called, long returned) {

    /** When the call had certainly ended. */
    long end() {
        return response == null ? Long.MAX_VALUE : returned;
    }

    @Override
    public String toString() {
        return "client " + client + ": " + call + " → " + (response == null ? "no response" : response);
    }
}
