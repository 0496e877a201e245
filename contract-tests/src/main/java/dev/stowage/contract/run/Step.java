package dev.stowage.contract.run;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done in a try.
 *
 * @param call null where it was no operation
 * @param answer null where none came
 * @param together a number shared by the calls that were under way at once; 0 for a call of its own
 * @param note what was done where it was no operation, or why there is no answer
 */
public record Step(Who who, @Nullable Call call, @Nullable Answer answer, int together, String note) {

    static Step note(String note) {
        return new Step(Who.INSTALL, null, null, 0, note);
    }

    /** A request that is none of the storage's operations, as a line for a shell with its answer behind a #. */
    static Step request(String curl) {
        return new Step(Who.INSTALL, null, null, 0, curl);
    }

    /** True where something was asked of the backend. */
    public boolean isRequest() {
        return call != null || note.startsWith("curl ");
    }

    @Override
    public String toString() {
        if (call == null) {
            return note;
        }
        return (who.equals(Who.INSTALL) ? "" : who.label() + ": ") + call + " → "
                + (answer == null ? "no answer: " + note : answer);
    }
}
