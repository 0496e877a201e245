package dev.stowage.contract.history;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * One call of a history, as its client saw it.
 *
 * @param client whose it was
 * @param answer null where none came: it may have happened, or not, or will happen later
 * @param called when it was called; on one clock for all clients
 * @param returned when its answer was there; meaningless without an answer
 */
public record Event(int client, Call call, @Nullable Answer answer, long called, long returned) {

    /** When it was certainly over. */
    long end() {
        return answer == null ? Long.MAX_VALUE : returned;
    }

    @Override
    public String toString() {
        return "client " + client + ": " + call + " → " + (answer == null ? "no answer" : answer);
    }
}
