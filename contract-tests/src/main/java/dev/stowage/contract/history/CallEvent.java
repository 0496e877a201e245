package dev.stowage.contract.history;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call of a history, as its client saw it.
 *
 * @param client whose it was
 * @param response null where none came: it may have happened, or not, or will happen later
 * @param called when it was called; on one clock for all clients
 * @param returned when its answer was there; meaningless without an answer
 */
public record CallEvent(int client, Call call, @Nullable Response response, long called, long returned) {

    /** When it was certainly over. */
    long end() {
        return response == null ? Long.MAX_VALUE : returned;
    }

    @Override
    public String toString() {
        return "client " + client + ": " + call + " → " + (response == null ? "no answer" : response);
    }
}
