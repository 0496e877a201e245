package dev.stowage.contract.model;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chapter 6. */
final class ReferenceLists {

    private ReferenceLists() {}

    /** LIST-1, LIST-2, LIST-6. */
    static ExpectedResponse insert(RecordState before, Call call) {
        Map<String, @Nullable Object> values = call.isMulti()
                ? ReferenceModel.hash(call.argument("values"))
                : SuiteValues.hash(call.argument("field"), SuiteValues.list(call.argument("value")));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(before.hash());
        boolean wrong = false;
        for (Map.Entry<String, @Nullable Object> given : values.entrySet()) {
            Object held = ReferenceModel.field(before, given.getKey());
            wrong |= held != null && !(held instanceof List);
            List<@Nullable Object> joined = new ArrayList<>(list(held));
            joined.addAll(call.operation().startsWith("append") ? joined.size() : 0, list(given.getValue()));
            fields.put(given.getKey(), joined);
        }
        if (wrong) {
            return ReferenceModel.refused(before, "LIST-6");
        }
        String clause = call.isMulti() ? "LIST-2" : "LIST-1";
        Predicate<Response> response = found -> !found.isRefused();
        return new ExpectedResponse(RecordState.of(fields), response, "no result", clause, clause);
    }

    /** LIST-3 to LIST-7. */
    static ExpectedResponse take(RecordState before, Call call) {
        boolean removes = call.operation().startsWith("shift");
        Map<String, @Nullable Object> counts = call.isMulti()
                ? ReferenceModel.hash(call.argument("counts"))
                : SuiteValues.hash(call.argument("field"), 1);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(before.hash());
        Map<String, @Nullable Object> taken = new LinkedHashMap<>();
        boolean wrong = false;
        boolean emptied = false;
        for (Map.Entry<String, @Nullable Object> count : counts.entrySet()) {
            Object held = ReferenceModel.field(before, count.getKey());
            wrong |= held != null && !(held instanceof List);
            List<@Nullable Object> list = list(held);
            int some = Math.min(((Number) java.util.Objects.requireNonNull(count.getValue())).intValue(), list.size());
            taken.put(count.getKey(), new ArrayList<>(list.subList(0, some)));
            if (some > 0) {
                fields.put(count.getKey(), new ArrayList<>(list.subList(some, list.size())));
                emptied |= some == list.size();
            }
        }
        if (wrong && removes) {
            return ReferenceModel.refused(before, "LIST-6");
        }
        String clause = !removes ? "LIST-5" : call.isMulti() ? "LIST-4" : "LIST-3";
        RecordState after = removes && !before.isMissing() ? RecordState.of(fields) : before;
        String written = !removes ? "LIST-5" : emptied ? "LIST-7" : before.isMissing() ? "LIST-4" : clause;
        if (call.isMulti()) {
            return new ExpectedResponse(
                    after, ReferenceModel.hasResult(taken), SuiteValues.abbreviated(taken), clause, written);
        }
        List<@Nullable Object> first = list(taken.values().iterator().next());
        return first.isEmpty()
                ? new ExpectedResponse(after, ReferenceModel.hasNoResult(), "no result", clause, written)
                : new ExpectedResponse(
                        after,
                        ReferenceModel.hasResult(first.get(0)),
                        SuiteValues.abbreviated(first.get(0)),
                        clause,
                        written);
    }

    private static List<@Nullable Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
    }
}
