package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import org.jspecify.annotations.Nullable;

/**
 * Something that a try did: a call, or another action.
 *
 * @param call null if it was not a call of an operation
 * @param response null if there was none
 * @param together a number shared by concurrent calls; 0 for a call that was made alone
 * @param note what was done if it was not a call, or why there is no response
 * @param action what it was if it was neither a call nor a request
 */
public record Step(
        Principal principal,
        @Nullable Call call,
        @Nullable Response response,
        int together,
        String note,
        Action action) {

    Step(Principal principal, @Nullable Call call, @Nullable Response response, int together, String note) {
        this(principal, call, response, together, note, Action.NONE);
    }

    static Step action(Action action, String note) {
        return new Step(Principal.INSTALL, null, null, 0, note, action);
    }

    /** A request that is not an operation of the storage, as a shell command with its response in a comment. */
    static Step request(String curl) {
        return new Step(Principal.INSTALL, null, null, 0, curl);
    }

    /** True if it was a request to the storage or the plugin data API. */
    public boolean isRequest() {
        return call != null || note.startsWith("curl ");
    }

    @Override
    public String toString() {
        if (call == null) {
            return note;
        }
        return (principal.equals(Principal.INSTALL) ? "" : principal.label() + ": ") + call + " → "
                + (response == null ? "no response: " + note : response);
    }
}
