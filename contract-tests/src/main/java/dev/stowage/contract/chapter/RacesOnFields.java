package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SetValue.Kind;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.chapter.ConcurrencyBurst.Before;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.Trial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Chapters 5 to 7: increments, list and set operations are atomic. */
final class RacesOnFields {

    private static final String GAP =
            "the time between reading the record and writing it: no other call may be carried out in between,"
                    + " by any install or server";

    private static Set<String> texts(Collection<? extends @Nullable Object> values) {
        TreeSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(SuiteValues.canonical(value)));
        return texts;
    }

    private static void allOf(
            ConcurrencyBurst concurrencyBurst,
            String clause,
            String key,
            Collection<?> expected,
            Collection<?> actual) {
        if (!texts(expected).equals(texts(actual)) || expected.size() != actual.size()) {
            throw concurrencyBurst.violation(
                    clause,
                    key,
                    "after " + expected.size() + " concurrent calls: expected, in any order, "
                            + SuiteValues.abbreviated(new ArrayList<>(expected)) + " but was "
                            + SuiteValues.abbreviated(new ArrayList<>(actual)) + ".");
        }
    }

    @Property(
            clause = "INC-5",
            does = "increments one field concurrently by many clients, with several amounts, with and without"
                    + " a ttl, on a field, a missing field and a missing record; the sum is right and"
                    + " all results differ",
            lookAt = GAP + "; also for a missing field or record",
            lane = Lane.RACE)
    void increments(Trial t) {
        Before before = t.choose(Before.values());
        BigDecimal amount = new BigDecimal(t.choose("1", "-1", "0.5"));
        boolean withTtl = t.choose(false, true);
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(before, key, "n", 0);
            Call plain = concurrencyBurst.call("increment", key, "field", "n");
            Call some = amount.compareTo(BigDecimal.ONE) == 0 ? plain : plain.with("amount", amount);
            Call call = withTtl ? some.with("ttl", 100) : some;
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(clients, i -> call);
            counted(
                    concurrencyBurst,
                    key,
                    "n",
                    amount,
                    clients,
                    responses.stream()
                            .map(response -> response.succeeds().result())
                            .toList());
        });
    }

    @Property(
            clause = "INC-5",
            does = "increments two fields by many concurrent incrementMultis; none is lost and all results differ",
            lookAt = GAP + "; also for a missing record",
            lane = Lane.RACE)
    void incrementsOfSeveralFields(Trial t) {
        boolean there = t.choose(true, false);
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            if (there) {
                concurrencyBurst.createRecord(key, "a", 0, "b", 0);
            }
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients,
                    i -> concurrencyBurst.call("incrementMulti", key, "amounts", SuiteValues.hash("a", 1, "b", 1)));
            for (String field : List.of("a", "b")) {
                counted(
                        concurrencyBurst,
                        key,
                        field,
                        BigDecimal.ONE,
                        clients,
                        responses.stream()
                                .map(response -> OperationCatalog.hash(response).get(field))
                                .toList());
            }
        });
    }

    private static void counted(
            ConcurrencyBurst concurrencyBurst,
            String key,
            String field,
            BigDecimal amount,
            int clients,
            List<? extends @Nullable Object> responses) {
        Object sum = concurrencyBurst.field(key, field);
        BigDecimal expected = amount.multiply(BigDecimal.valueOf(clients));
        if (!SuiteValues.areEqual(sum, expected)) {
            throw concurrencyBurst.violation(
                    "INC-5",
                    key,
                    clients + " concurrent increments by " + amount + " of a field that was 0: expected " + expected
                            + " but was " + SuiteValues.abbreviated(sum) + ".");
        }
        if (texts(responses).size() != clients) {
            throw concurrencyBurst.violation(
                    "INC-5",
                    key,
                    clients + " concurrent increments: expected different results but was "
                            + SuiteValues.abbreviated(new ArrayList<>(responses)) + ".");
        }
    }

    @Property(
            clause = "LIST-8",
            does = "appends or unshifts different values concurrently by many clients to a list, a missing"
                    + " field and a missing record; none is lost, and the values of one Multi stay together",
            lookAt = GAP,
            lane = Lane.RACE)
    void inserts(Trial t) {
        String operation = t.choose("append", "unshift", "appendMulti", "unshiftMulti");
        Before before = t.choose(Before.values());
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(before, key, "l", SuiteValues.list());
            if (!operation.endsWith("Multi")) {
                concurrencyBurst
                        .callConcurrently(clients, i -> concurrencyBurst.call(operation, key, "field", "l", "value", i))
                        .forEach(ResponseAssert::succeeds);
                allOf(
                        concurrencyBurst,
                        "LIST-8",
                        key,
                        IntStream.range(0, clients).boxed().toList(),
                        concurrencyBurst.list(key, "l"));
                return;
            }
            concurrencyBurst
                    .callConcurrently(
                            clients,
                            i -> concurrencyBurst.call(
                                    operation,
                                    key,
                                    "values",
                                    SuiteValues.hash("l", SuiteValues.list(2 * i, 2 * i + 1))))
                    .forEach(ResponseAssert::succeeds);
            List<?> list = concurrencyBurst.list(key, "l");
            allOf(
                    concurrencyBurst,
                    "LIST-8",
                    key,
                    IntStream.range(0, 2 * clients).boxed().toList(),
                    list);
            for (int i = 0; i + 1 < list.size(); i += 2) {
                long first = ((Number) Objects.requireNonNull(list.get(i))).longValue();
                if (!SuiteValues.areEqual(list.get(i + 1), first + 1)) {
                    throw concurrencyBurst.violation(
                            "LIST-8",
                            key,
                            "expected the values of one call side by side but was" + " " + SuiteValues.abbreviated(list)
                                    + ".");
                }
            }
        });
    }

    @Property(
            clause = "LIST-8",
            does = "shifts one list concurrently by more clients than it has elements; no two get the same"
                    + " element, every element is returned, and the rest get no result",
            lookAt = GAP,
            lane = Lane.RACE)
    void shifts(Trial t) {
        boolean multi = t.choose(false, true);
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            int per = multi ? 2 : 1;
            int elements = clients == 2 ? 2 * per : (clients * 3 / 4) * per;
            List<Integer> all = IntStream.range(0, elements).boxed().toList();
            concurrencyBurst.createRecord(key, "l", all);
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients,
                    i -> multi
                            ? concurrencyBurst.call("shiftMulti", key, "counts", SuiteValues.hash("l", 2))
                            : concurrencyBurst.call("shift", key, "field", "l"));
            List<@Nullable Object> got = new ArrayList<>();
            for (ResponseAssert response : responses) {
                response.succeeds();
                if (multi) {
                    got.addAll(OperationCatalog.hash(response).get("l") instanceof List<?> some ? some : List.of());
                } else if (response.actual().hasResult()) {
                    got.add(response.result());
                }
            }
            if (texts(got).size() != got.size()) {
                throw concurrencyBurst.violation(
                        "LIST-8",
                        key,
                        "expected a different element for each of the concurrent shifts but was" + " "
                                + SuiteValues.abbreviated(got) + ".");
            }
            allOf(concurrencyBurst, "LIST-8", key, all, got);
            allOf(concurrencyBurst, "LIST-8", key, List.of(), concurrencyBurst.list(key, "l"));
        });
    }

    @Property(
            clause = "SET-7",
            does = "adds one value concurrently by many clients to a set, a missing field and a missing"
                    + " record; exactly one call returns that it is new",
            lookAt = GAP,
            lane = Lane.RACE)
    void addsOfOneValue(Trial t) {
        boolean multi = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        Object value = kind == Kind.NUMBER ? (Object) 7 : "v";
        Object other = kind == Kind.NUMBER ? (Object) 8 : "w";
        Before before = t.choose(Before.values());
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(before, key, "s", new SetValue(kind, List.of(other)));
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients, i -> onOneValue(concurrencyBurst, "add", multi, kind, key, value));
            exactlyOne(concurrencyBurst, key, "add", multi, responses);
        });
    }

    @Property(
            clause = "SET-7",
            does = "removes one member of a set concurrently by many clients; exactly one call returns that it"
                    + " was a member",
            lookAt = GAP,
            lane = Lane.RACE)
    void removesOfOneValue(Trial t) {
        boolean multi = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        Object value = kind == Kind.NUMBER ? (Object) 7 : "v";
        Object stays = kind == Kind.NUMBER ? (Object) 8 : "w";
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, "s", new SetValue(kind, List.of(value, stays)));
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients, i -> onOneValue(concurrencyBurst, "remove", multi, kind, key, value));
            exactlyOne(concurrencyBurst, key, "remove", multi, responses);
        });
    }

    private static Call onOneValue(
            ConcurrencyBurst concurrencyBurst, String action, boolean multi, Kind kind, String key, Object value) {
        return multi
                ? concurrencyBurst.call(
                        action + kind.label() + "Multi", key, "values", SuiteValues.hash("s", List.of(value)))
                : concurrencyBurst.call(action + kind.label(), key, "field", "s", "value", value);
    }

    private static void exactlyOne(
            ConcurrencyBurst concurrencyBurst,
            String key,
            String action,
            boolean multi,
            List<ResponseAssert> responses) {
        long winners = responses.stream()
                .filter(response -> multi
                        ? OperationCatalog.hash(response).get("s") instanceof SetValue set
                                && !set.members().isEmpty()
                        : Boolean.TRUE.equals(response.succeeds().result()))
                .count();
        if (winners != 1) {
            throw concurrencyBurst.violation(
                    "SET-7",
                    key,
                    "of " + responses.size() + " concurrent calls that " + action + " one value, " + winners
                            + " reported success; expected exactly one.");
        }
    }

    @Property(
            clause = "SET-7",
            does = "adds different values to one set, or removes different members, concurrently by many"
                    + " clients; none is lost",
            lookAt = GAP,
            lane = Lane.RACE)
    void addsAndRemovesOfManyValues(Trial t) {
        boolean remove = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(kind == Kind.NUMBER ? (Object) i : "v" + i);
            }
            Object stays = kind == Kind.NUMBER ? (Object) 999 : "stays";
            List<Object> start = new ArrayList<>(remove ? all : List.of());
            start.add(stays);
            concurrencyBurst.createRecord(key, "s", new SetValue(kind, start));
            concurrencyBurst
                    .callConcurrently(
                            clients,
                            i -> concurrencyBurst.call(
                                    (remove ? "remove" : "add") + kind.label(), key, "field", "s", "value", all.get(i)))
                    .forEach(response -> response.hasResult(true));
            List<Object> expected = new ArrayList<>(remove ? List.of() : all);
            expected.add(stays);
            Object found = concurrencyBurst.field(key, "s");
            allOf(concurrencyBurst, "SET-7", key, expected, found instanceof SetValue set ? set.members() : List.of());
        });
    }

    @Property(
            clause = "INC-4",
            does = "reads two fields repeatedly while concurrent incrementMultis increment both; they are"
                    + " always equal",
            lookAt = "a record that is visible half-written",
            lane = Lane.RACE,
            share = 60)
    void nobodySeesHalfAnIncrement(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, "a", 0, "b", 0);
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    Math.max(4, clients),
                    i -> i % 2 == 0
                            ? concurrencyBurst.call("incrementMulti", key, "amounts", SuiteValues.hash("a", 1, "b", 1))
                            : concurrencyBurst.call("get", key, "fields", List.of("a", "b")));
            for (ResponseAssert response : responses) {
                Map<String, @Nullable Object> seen = OperationCatalog.hash(response);
                if (!SuiteValues.areEqual(seen.get("a"), seen.get("b"))) {
                    throw concurrencyBurst.violation(
                            "INC-4",
                            key,
                            "expected equal values of two fields that are always incremented together but was"
                                    + " " + SuiteValues.abbreviated(seen)
                                    + ".");
                }
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does = "reads four fields repeatedly while concurrent Multi calls change all of them in the same"
                    + " way; they are always equal",
            lookAt = "a Multi that is carried out field by field",
            lane = Lane.RACE,
            share = 60)
    void nobodySeesHalfOfAMulti(Trial t) {
        String operation = t.choose(
                "appendMulti", "addNumberMulti", "shiftMulti", "unshiftMulti", "removeNumberMulti", "addStringMulti");
        List<String> fields = List.of("a", "b", "c", "d");
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            List<Integer> all = IntStream.range(0, 12).boxed().toList();
            Object start = operation.contains("Number")
                    ? new SetValue(Kind.NUMBER, operation.startsWith("add") ? List.of(99) : all)
                    : operation.contains("String") ? SetValue.strings("x") : all;
            concurrencyBurst.createRecord(key, "a", start, "b", start, "c", start, "d", start);
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    Math.max(4, clients),
                    i -> i % 2 == 0
                            ? toEach(concurrencyBurst, key, operation, fields, i)
                            : concurrencyBurst.call("get", key, "fields", fields));
            for (int i = 1; i < responses.size(); i += 2) {
                Map<String, @Nullable Object> seen = OperationCatalog.hash(responses.get(i));
                if (texts(seen.values()).size() != 1) {
                    throw concurrencyBurst.violation(
                            "LIN-1",
                            key,
                            "expected equal values of fields that are always changed together by"
                                    + " " + operation + " but was "
                                    + SuiteValues.abbreviated(seen) + ".");
                }
            }
        });
    }

    private static Call toEach(
            ConcurrencyBurst concurrencyBurst, String key, String operation, List<String> fields, int client) {
        Object each = switch (operation) {
            case "shiftMulti" -> 1;
            case "addStringMulti" -> List.of("v" + client);
            default -> List.of(client % 12);
        };
        Map<String, @Nullable Object> arguments = SuiteValues.hash();
        fields.forEach(field -> arguments.put(field, each));
        return concurrencyBurst.call(operation, key, operation.equals("shiftMulti") ? "counts" : "values", arguments);
    }
}
