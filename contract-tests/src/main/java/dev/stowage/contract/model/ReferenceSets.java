package dev.stowage.contract.model;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 7. */
final class ReferenceSets {

    private ReferenceSets() {}

    /** SET-1 to SET-5. */
    static ExpectedResponse apply(RecordState before, Call call) {
        SetValue.Kind kind = call.operation().contains("Number") ? SetValue.Kind.NUMBER : SetValue.Kind.STRING;
        String action = call.operation().substring(0, call.operation().indexOf(kind.label()));
        Map<String, @Nullable Object> values = call.isMulti()
                ? ReferenceModel.hash(call.argument("values"))
                : SuiteValues.hash(call.argument("field"), SuiteValues.list(call.argument("value")));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(before.hash());
        Map<String, @Nullable Object> results = new LinkedHashMap<>();
        boolean wrong = false;
        for (Map.Entry<String, @Nullable Object> given : values.entrySet()) {
            Object held = before.hash().get(given.getKey());
            if (held == null && before.hash().containsKey(given.getKey())) {
                throw new UnspecifiedException("VAL-7");
            }
            if (held instanceof SetValue set && set.members().isEmpty() && set.kind() != kind) {
                throw new UnspecifiedException("SET-6");
            }
            wrong |= held != null && !(held instanceof SetValue set && set.kind() == kind);
            Members members = Members.of(held);
            List<Object> result = new ArrayList<>();
            for (Object value : (List<?>) java.util.Objects.requireNonNull(given.getValue())) {
                boolean counts = switch (action) {
                    case "add" -> members.add(value);
                    case "remove" -> members.remove(value);
                    default -> members.has(value) && !Members.contains(result, value);
                };
                if (counts) {
                    result.add(value);
                }
            }
            results.put(given.getKey(), new SetValue(kind, result));
            if (!action.equals("has") && (held != null || action.equals("add"))) {
                fields.put(given.getKey(), new SetValue(kind, members.list()));
            }
        }
        if (wrong) {
            return ReferenceModel.refused(before, "SET-5");
        }
        String clause = switch (action) {
            case "add" -> call.isMulti() ? "SET-2" : "SET-1";
            case "remove" -> "SET-3";
            default -> "SET-4";
        };
        RecordState after =
                action.equals("has") || (before.isMissing() && !action.equals("add")) ? before : RecordState.of(fields);
        if (call.isMulti()) {
            return new ExpectedResponse(
                    after, answersByField(results), SuiteValues.abbreviated(results), clause, clause);
        }
        boolean result = !((SetValue) java.util.Objects.requireNonNull(
                        results.values().iterator().next()))
                .members()
                .isEmpty();
        return new ExpectedResponse(after, ReferenceModel.hasResult(result), String.valueOf(result), clause, clause);
    }

    /** The result has every named field, with an empty set where nothing matched: these are results, not fields of a record. */
    private static java.util.function.Predicate<dev.stowage.contract.call.Response> answersByField(
            Map<String, @Nullable Object> results) {
        return found -> !found.isRefused() && SuiteValues.areEqual(found.result(), results);
    }

    /** A set's members, compared by value. */
    private record Members(List<Object> list) {

        static Members of(@Nullable Object held) {
            return new Members(held instanceof SetValue set ? new ArrayList<>(set.members()) : new ArrayList<>());
        }

        static boolean contains(List<Object> list, Object value) {
            return list.stream().anyMatch(member -> SuiteValues.areEqual(member, value));
        }

        boolean has(Object value) {
            return contains(list, value);
        }

        boolean add(Object value) {
            return !has(value) && list.add(value);
        }

        boolean remove(Object value) {
            return list.removeIf(member -> SuiteValues.areEqual(member, value));
        }
    }
}
