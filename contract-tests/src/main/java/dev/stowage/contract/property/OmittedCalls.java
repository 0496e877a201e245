package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a smaller try omits, by their numbers. The property is given the recorded response instead. Only a call that changes nothing on a correct backend can be omitted: a read, or a call that was refused.
 */
public record OmittedCalls(Map<Integer, Step> steps) {

    public static final OmittedCalls NOTHING = new OmittedCalls(Map.of());

    public static boolean isOmittable(Step step) {
        Call call = step.call();
        Response response = step.response();
        return call != null && response != null && step.together() == 0 && (call.isRead() || response.isRefused());
    }

    /** True for a call that depends on an earlier read. */
    public static boolean dependsOnReads(Step step) {
        Call call = step.call();
        return call != null && (call.has("ifVersion") || call.has("updater"));
    }

    /** These calls and more. */
    public OmittedCalls plus(Map<Integer, Step> made, Set<Integer> numbers) {
        Map<Integer, Step> more = new LinkedHashMap<>(steps);
        made.forEach((number, step) -> {
            if (numbers.contains(number)) {
                more.put(number, step);
            }
        });
        return new OmittedCalls(more);
    }

    /** The recorded response to the call with this number; null if the call has to be made. */
    @Nullable
    Response recordedResponseFor(int number, Call call) {
        Step step = steps.get(number);
        if (step == null || step.call() == null) {
            return null;
        }
        boolean same =
                step.call().store() == call.store() && step.call().operation().equals(call.operation());
        return same ? step.response() : null;
    }
}
