package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done in a try.
 *
 * @param call null where it was no operation
 * @param response null where none came
 * @param together a number shared by the calls that were under way at once; 0 for a call of its own
 * @param note what was done where it was no operation, or why there is no answer
 */
public record Step(
        Principal principal, @Nullable Call call, @Nullable Response response, int together, String note) {

    static Step note(String note) {
        return new Step(Principal.INSTALL, null, null, 0, note);
    }

    /** A request that is none of the storage's operations, as a line for a shell with its answer behind a #. */
    static Step request(String curl) {
        return new Step(Principal.INSTALL, null, null, 0, curl);
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
        return (principal.equals(Principal.INSTALL) ? "" : principal.label() + ": ") + call + " → "
                + (response == null ? "no answer: " + note : response);
    }
}
