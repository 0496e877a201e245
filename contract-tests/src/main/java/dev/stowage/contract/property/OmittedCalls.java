package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a try that a smaller one does not make, by their numbers, and the answers that the property is told instead: those from
 * before. Only a call that changes nothing on a right backend can be left out: a read, or one that was refused.
 */
public record OmittedCalls(Map<Integer, Step> steps) {

    public static final OmittedCalls NOTHING = new OmittedCalls(Map.of());

    public static boolean isOmittable(Step step) {
        Call call = step.call();
        Response response = step.response();
        return call != null && response != null && step.together() == 0 && (call.isRead() || response.isRefused());
    }

    /** True for a call that depends on what was read before it. */
    public static boolean dependsOnReads(Step step) {
        Call call = step.call();
        return call != null && (call.has("ifVersion") || call.has("updater"));
    }

    /** These as well. */
    public OmittedCalls plus(Map<Integer, Step> made, Set<Integer> numbers) {
        Map<Integer, Step> more = new LinkedHashMap<>(steps);
        made.forEach((number, step) -> {
            if (numbers.contains(number)) {
                more.put(number, step);
            }
        });
        return new OmittedCalls(more);
    }

    /** What the call of that number was answered when it was made; null if it has to be made. */
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
