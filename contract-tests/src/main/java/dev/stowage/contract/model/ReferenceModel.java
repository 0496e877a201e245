package dev.stowage.contract.model;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The contract as an executable model: what each operation does to one record and what it returns, without time. It covers <b>D</b> and <b>V</b> clauses only; where they specify nothing it throws {@link UnspecifiedException}.
 */
public final class ReferenceModel {

    private ReferenceModel() {}

    /** @throws UnspecifiedException where the contract leaves it to the backend */
    public static ExpectedResponse apply(RecordState before, Call call) {
        boolean keyValue = call.store().isKeyValue();
        return switch (call.operation()) {
            case "get" -> get(before, call);
            case "exists" -> exists(before);
            case "put" -> put(before, call, keyValue);
            case "patch" -> patch(before, call);
            case "delete" -> call.has("fields") ? deleteFields(before, call, keyValue) : delete(before, keyValue);
            case "increment", "incrementMulti" -> ReferenceNumbers.increment(before, call);
            case "append", "unshift", "appendMulti", "unshiftMulti" -> ReferenceLists.insert(before, call);
            case "shift", "peek", "shiftMulti", "peekMulti" -> ReferenceLists.take(before, call);
            default -> ReferenceSets.apply(before, call);
        };
    }

    /** GET-1, GET-2. */
    private static ExpectedResponse get(RecordState before, Call call) {
        if (!call.has("fields")) {
            return read(before, hasResult(before.hash()), SuiteValues.abbreviated(before.hash()), "GET-1");
        }
        Map<String, @Nullable Object> found = only(before, call.argument("fields"));
        return read(before, hasResult(found), SuiteValues.abbreviated(found), "GET-2");
    }

    /** EXISTS-1. */
    private static ExpectedResponse exists(RecordState before) {
        if (!before.isMissing()
                && RecordState.withoutEmptiedSets(before.hash()).isEmpty()
                && !before.hash().isEmpty()) {
            throw new UnspecifiedException("SET-6");
        }
        boolean exists = !before.isMissing();
        return read(before, hasResult(exists), String.valueOf(exists), "EXISTS-1");
    }

    /** PUT-1, PUT-2. PUT-3 is left to the backend. */
    private static ExpectedResponse put(RecordState before, Call call, boolean keyValue) {
        RecordState after = RecordState.of(hash(call.argument("value")));
        if (after.hash().isEmpty()) {
            throw new UnspecifiedException("PUT-3");
        }
        Object previous = keyValue ? before.hash() : true;
        return new ExpectedResponse(after, hasResult(previous), SuiteValues.abbreviated(previous), "PUT-2", "PUT-1");
    }

    /** PATCH-1, PATCH-2. */
    private static ExpectedResponse patch(RecordState before, Call call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(before.hash());
        fields.putAll(hash(call.argument("value")));
        if (fields.isEmpty()) {
            throw new UnspecifiedException("PUT-3");
        }
        return new ExpectedResponse(
                RecordState.of(fields),
                hasResult(before.hash()),
                SuiteValues.abbreviated(before.hash()),
                "PATCH-2",
                "PATCH-1");
    }

    /** DEL-1. */
    private static ExpectedResponse delete(RecordState before, boolean keyValue) {
        Object deleted = keyValue ? before.hash() : true;
        return new ExpectedResponse(
                RecordState.MISSING, hasResult(deleted), SuiteValues.abbreviated(deleted), "DEL-1", "DEL-1");
    }

    /** DEL-2, DEL-3: the result contains at least the removed fields. */
    private static ExpectedResponse deleteFields(RecordState before, Call call, boolean keyValue) {
        Map<String, @Nullable Object> removed = only(before, call.argument("fields"));
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(before.hash());
        rest.keySet().removeAll(removed.keySet());
        RecordState after = before.isMissing() ? before : RecordState.of(rest);
        String written = before.isMissing() || rest.isEmpty() ? "DEL-3" : "DEL-2";
        Predicate<Response> response = keyValue
                ? found -> !found.isRefused()
                        && found.result() instanceof Map<?, ?> map
                        && RecordState.withoutEmptiedSets(removed).entrySet().stream()
                                .allMatch(field -> map.containsKey(field.getKey())
                                        && SuiteValues.areEqual(map.get(field.getKey()), field.getValue()))
                : hasResult(true);
        return new ExpectedResponse(
                after, response, "at least " + SuiteValues.abbreviated(removed), keyValue ? "DEL-2" : "DEL-1", written);
    }

    private static Map<String, @Nullable Object> only(RecordState before, @Nullable Object fields) {
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        for (Object field : fields instanceof List<?> names ? names : List.of()) {
            if (before.hash().containsKey(String.valueOf(field))) {
                found.put(String.valueOf(field), before.hash().get(String.valueOf(field)));
            }
        }
        return found;
    }

    static ExpectedResponse read(RecordState state, Predicate<Response> response, String words, String clause) {
        return new ExpectedResponse(state, response, words, clause, clause);
    }

    static ExpectedResponse refused(RecordState before, String clause) {
        return new ExpectedResponse(
                before, found -> "wrong_type".equals(found.code()), "the refusal wrong_type", clause, clause);
    }

    /** Exactly this result, apart from emptied sets (SET-6). */
    static Predicate<Response> hasResult(@Nullable Object result) {
        String right = SuiteValues.canonical(shown(result));
        return found -> !found.isRefused()
                && found.hasResult()
                && SuiteValues.canonical(shown(found.result())).equals(right);
    }

    static Predicate<Response> hasNoResult() {
        return found -> !found.isRefused() && !found.hasResult();
    }

    private static @Nullable Object shown(@Nullable Object result) {
        return result instanceof Map<?, ?> ? RecordState.withoutEmptiedSets(hash(result)) : result;
    }

    static Map<String, @Nullable Object> hash(@Nullable Object value) {
        Map<String, @Nullable Object> hash = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((field, member) -> hash.put(String.valueOf(field), member));
        }
        return hash;
    }

    /** True for an emptied set, which may be gone (SET-6): only operations of its own kind are specified on it. */
    static boolean isEmptiedSet(@Nullable Object value) {
        return value instanceof SetValue set && set.members().isEmpty();
    }

    /** A field's value, for operations that are not set operations. */
    static @Nullable Object field(RecordState before, String field) {
        Object value = before.hash().get(field);
        if (isEmptiedSet(value)) {
            throw new UnspecifiedException("SET-6");
        }
        if (value == null && before.hash().containsKey(field)) {
            throw new UnspecifiedException("VAL-7");
        }
        return value;
    }
}
