package dev.stowage.contract.selftest;

import static dev.stowage.contract.selftest.BrokenStore.checking;
import static dev.stowage.contract.selftest.BrokenStore.racing;
import static dev.stowage.contract.selftest.BrokenStore.refusingLate;
import static dev.stowage.contract.selftest.BrokenStore.replacingCall;
import static dev.stowage.contract.selftest.BrokenStore.replacingResponse;
import static dev.stowage.contract.selftest.BrokenStore.writing;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.RecordState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Broken stores for chapters 5 to 7. */
final class BrokenFields {

    private BrokenFields() {}

    private static boolean is(Call call, String operations) {
        return call.operation().matches(operations);
    }

    private static RecordState with(RecordState state, String field, Object value) {
        Map<String, Object> all = MinimalService.copy(state);
        all.put(field, value);
        return RecordState.of(all);
    }

    private static RecordState without(RecordState state, java.util.function.Predicate<Object> value) {
        Map<String, Object> all = MinimalService.copy(state);
        all.values().removeIf(value);
        return RecordState.of(all);
    }

    /** A store that compares members as text, in one operation. */
    private static BrokenStore textual(
            String clause, String does, String operation, BiPredicate<String, String> isMember) {
        return replacingResponse(clause, does, (call, before, right) -> {
            if (!is(call, operation) || right.isRefused()) {
                return right;
            }
            if (!call.isMulti()) {
                return Response.of(isLike(before, "" + call.argument("field"), call.argument("value"), isMember));
            }
            SetValue.Kind kind = call.operation().contains("Number") ? SetValue.Kind.NUMBER : SetValue.Kind.STRING;
            Map<String, Object> found = new LinkedHashMap<>();
            ((Map<?, ?>) call.argument("values"))
                    .forEach((field, values) -> found.put(
                            "" + field,
                            new SetValue(
                                    kind,
                                    new LinkedHashSet<Object>((List<?>) values)
                                            .stream()
                                                    .filter(value -> isLike(before, "" + field, value, isMember))
                                                    .toList())));
            return Response.of(found);
        });
    }

    private static boolean isLike(
            RecordState before, String field, Object value, BiPredicate<String, String> isMember) {
        return before.hash().get(field) instanceof SetValue set
                && set.members().stream().anyMatch(member -> isMember.test(text(member), text(value)));
    }

    private static String text(Object value) {
        return value instanceof String string ? string : SuiteValues.canonical(value);
    }

    static List<BrokenStore> chapter5() {
        return List.of(
                replacingCall(
                        "INC-1",
                        "treats an amount of 0 as 1",
                        call -> is(call, "increment") && SuiteValues.areEqual(call.argument("amount"), 0)
                                ? call.with("amount", 1)
                                : call),
                replacingResponse(
                        "INC-1",
                        "returns the value before an increment",
                        (call, before, right) -> is(call, "increment")
                                        && !right.isRefused()
                                        && before.hash().get("" + call.argument("field")) instanceof Number old
                                ? Response.of(old)
                                : right),
                writing(
                        "INC-2",
                        "creates a missing field with 1, whatever the amount",
                        (call, before, right) -> is(call, "increment")
                                        && !before.hash().containsKey("" + call.argument("field"))
                                        && !right.isMissing()
                                ? with(right, "" + call.argument("field"), 1)
                                : right),
                replacingResponse(
                        "INC-3",
                        "increments a numeric string",
                        (call, before, right) -> is(call, "increment")
                                        && "5".equals(before.hash().get("" + call.argument("field")))
                                ? Response.of(6)
                                : right),
                refusingLate("INC-4", "stops halfway through an incrementMulti", "incrementMulti", record -> {
                    record.computeIfPresent("a", (field, value) -> 77);
                    return record;
                }),
                racing("INC-5", "increments non-atomically", call -> is(call, "increment")),
                racing(
                        "INC-5",
                        "increments non-atomically if there is a ttl",
                        call -> is(call, "increment") && call.has("ttl")),
                racing("INC-5", "increments several fields non-atomically", call -> is(call, "incrementMulti")));
    }

    static List<BrokenStore> chapter6() {
        return List.of(
                writing(
                        "LIST-1",
                        "does not append a value that the list contains",
                        (call, before, right) -> is(call, "append")
                                        && before.hash().get("" + call.argument("field")) instanceof List<?> list
                                        && list.contains(call.argument("value"))
                                ? before
                                : right),
                replacingCall(
                        "LIST-1",
                        "appends at the front",
                        call -> is(call, "append") ? new Call(call.store(), "unshift", call.arguments()) : call),
                writing("LIST-2", "unshifts several values in reverse order", (call, before, right) -> {
                    if (!is(call, "unshiftMulti") || !(call.argument("values") instanceof Map<?, ?> values)) {
                        return right;
                    }
                    Map<String, Object> all = MinimalService.copy(right);
                    values.forEach((field, given) -> {
                        List<Object> list = new ArrayList<>((List<?>) all.get("" + field));
                        Collections.reverse(list.subList(0, ((List<?>) given).size()));
                        all.put("" + field, list);
                    });
                    return RecordState.of(all);
                }),
                replacingResponse(
                        "LIST-3",
                        "returns no result for a null element",
                        (call, before, right) -> is(call, "shift") && right.hasResult() && right.result() == null
                                ? Response.nothing()
                                : right),
                replacingResponse(
                        "LIST-3",
                        "returns null for an empty or missing list",
                        (call, before, right) -> is(call, "shift") && !right.isRefused() && !right.hasResult()
                                ? Response.of(null)
                                : right),
                writing(
                        "LIST-4",
                        "creates a record when it shifts from a missing one",
                        (call, before, right) ->
                                is(call, "shiftMulti") && before.isMissing() ? RecordState.of(Map.of()) : right),
                replacingCall("LIST-4", "shifts all elements for a count of 0", call -> {
                    if (!is(call, "shiftMulti") || !(call.argument("counts") instanceof Map<?, ?> counts)) {
                        return call;
                    }
                    Map<String, Object> all = new LinkedHashMap<>();
                    counts.forEach((field, count) -> all.put("" + field, SuiteValues.areEqual(count, 0) ? 100 : count));
                    return call.with("counts", all);
                }),
                replacingResponse(
                        "LIST-5",
                        "refuses to peek at a field that is not a list",
                        (call, before, right) ->
                                is(call, "peek") && before.hash().get("" + call.argument("field")) instanceof SetValue
                                        ? Response.refused("wrong_type", 409, "no list")
                                        : right),
                writing(
                        "LIST-5",
                        "removes the element that it peeks at",
                        (call, before, right) -> is(call, "peek")
                                        && before.hash().get("" + call.argument("field")) instanceof List<?> list
                                        && !list.isEmpty()
                                ? with(right, "" + call.argument("field"), list.subList(1, list.size()))
                                : right),
                new BrokenStore("LIST-6", "appends to a set as if it were a list", new Flaw() {
                    @Override
                    RecordState afterRefusal(Call call, RecordState before) {
                        return is(call, "append") && before.hash().get("" + call.argument("field")) instanceof SetValue
                                ? with(before, "" + call.argument("field"), List.of(9))
                                : before;
                    }
                }),
                refusingLate("LIST-6", "stops halfway through an appendMulti", "appendMulti", record -> {
                    record.put("new", List.of(9));
                    return record;
                }),
                writing(
                        "LIST-7",
                        "removes a list with its last element",
                        (call, before, right) -> is(call, "shift.*") && !right.isMissing()
                                ? without(right, value -> value instanceof List<?> list && list.isEmpty())
                                : right),
                racing("LIST-8", "shifts non-atomically", call -> is(call, "shift")),
                racing("LIST-8", "appends non-atomically", call -> is(call, "append")),
                racing("LIST-8", "unshifts several values non-atomically", call -> is(call, "unshiftMulti")),
                checking(
                        "LIST-9",
                        "accepts a negative count",
                        (call, right) -> right != null
                                        && is(call, "shiftMulti")
                                        && call.argument("counts") instanceof Map<?, ?> counts
                                        && counts.containsValue(-1)
                                ? Response.of(Map.of())
                                : right));
    }

    static List<BrokenStore> chapter7() {
        return List.of(
                replacingResponse(
                        "SET-1",
                        "returns true for every add",
                        (call, before, right) ->
                                is(call, "add(Number|String)") && !right.isRefused() ? Response.of(true) : right),
                replacingResponse("SET-2", "returns all given values as new", (call, before, right) -> {
                    if (!is(call, "add.*Multi") || right.isRefused()) {
                        return right;
                    }
                    Map<String, Object> all = new LinkedHashMap<>();
                    SetValue.Kind kind =
                            call.operation().contains("Number") ? SetValue.Kind.NUMBER : SetValue.Kind.STRING;
                    ((Map<?, ?>) call.argument("values"))
                            .forEach((field, values) -> all.put(
                                    "" + field,
                                    new SetValue(kind, new ArrayList<>(new LinkedHashSet<Object>((List<?>) values)))));
                    return Response.of(all);
                }),
                replacingResponse(
                        "SET-3",
                        "returns true for every remove",
                        (call, before, right) ->
                                is(call, "remove(Number|String)") && !right.isRefused() ? Response.of(true) : right),
                writing(
                        "SET-3",
                        "creates a record when it removes from a missing one",
                        (call, before, right) ->
                                is(call, "remove.*") && before.isMissing() ? RecordState.of(Map.of()) : right),
                writing("SET-3", "removes only the first value from each set", (call, before, right) -> {
                    if (!is(call, "remove.*Multi") || right.isMissing()) {
                        return right;
                    }
                    Map<String, Object> all = MinimalService.copy(before);
                    ((Map<?, ?>) call.argument("values")).forEach((field, values) -> {
                        if (all.get("" + field) instanceof SetValue set) {
                            List<Object> rest = new ArrayList<>(set.members());
                            rest.removeIf(member -> SuiteValues.areEqual(member, ((List<?>) values).get(0)));
                            all.put("" + field, new SetValue(set.kind(), rest));
                        }
                    });
                    return RecordState.of(all);
                }),
                replacingResponse(
                        "SET-4",
                        "treats the member 0 as absent",
                        (call, before, right) -> is(call, "hasNumber")
                                        && !right.isRefused()
                                        && SuiteValues.areEqual(call.argument("value"), 0)
                                ? Response.of(false)
                                : right),
                textual(
                        "SET-4",
                        "finds members by a part of their text in hasNumberMulti",
                        "hasNumberMulti",
                        String::contains),
                textual("SET-4", "finds members by a prefix in hasNumber", "hasNumber", String::startsWith),
                textual("SET-4", "finds members by a part in hasStringMulti", "hasStringMulti", String::contains),
                textual("SET-4", "ignores case in hasString", "hasString", String::equalsIgnoreCase),
                textual(
                        "SET-3",
                        "returns numbers as removed that are a part of a member",
                        "removeNumberMulti",
                        String::contains),
                textual(
                        "SET-3",
                        "returns true from removeString for a prefix of a member",
                        "removeString",
                        String::startsWith),
                replacingResponse(
                        "SET-5",
                        "returns members of lists",
                        (call, before, right) ->
                                is(call, "hasNumber") && before.hash().get("" + call.argument("field")) instanceof List
                                        ? Response.of(true)
                                        : right),
                refusingLate("SET-5", "stops halfway through an addNumberMulti", "addNumberMulti", record -> {
                    record.put("new", SetValue.numbers(99));
                    return record;
                }),
                writing(
                        "SET-6",
                        "removes a set with its last member",
                        (call, before, right) -> right.isMissing()
                                ? right
                                : without(
                                        right,
                                        value -> value instanceof SetValue set
                                                && set.members().isEmpty())),
                racing("SET-7", "adds numbers non-atomically", call -> is(call, "addNumber")),
                racing("SET-7", "removes strings non-atomically", call -> is(call, "removeString")),
                racing("SET-7", "adds several strings non-atomically", call -> is(call, "addStringMulti")));
    }
}
