package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SetValue.Kind;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.chapter.Burst.Before;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
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

/** Chapters 5 to 7: that increments, list and set operations are atomic. */
final class RacesOnFields {

    private static final String GAP =
            "the time between reading the record and writing it: nothing may come in between, from any install or server";

    private static Set<String> texts(Collection<? extends @Nullable Object> values) {
        TreeSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(Values.canonical(value)));
        return texts;
    }

    private static void allOf(Burst burst, String clause, String key, Collection<?> due, Collection<?> found) {
        if (!texts(due).equals(texts(found)) || due.size() != found.size()) {
            throw burst.broken(
                    clause,
                    key,
                    due.size() + " concurrent calls left " + Values.brief(new ArrayList<>(found))
                            + "; due was, in some order, " + Values.brief(new ArrayList<>(due)) + ".");
        }
    }

    @Property(
            clause = "INC-5",
            does =
                    "increments one field by many clients at once, by several amounts, with a ttl and without, where there is"
                            + " such a field, none, and no record; the sum is right and all answers differ",
            lookAt = GAP + "; also where there is nothing yet",
            lane = Lane.RACE)
    void increments(Trial t) {
        Before before = t.choose(Before.values());
        BigDecimal amount = new BigDecimal(t.choose("1", "-1", "0.5"));
        boolean withTtl = t.choose(false, true);
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(before, key, "n", 0);
            Call plain = burst.call("increment", key, "field", "n");
            Call some = amount.compareTo(BigDecimal.ONE) == 0 ? plain : plain.with("amount", amount);
            Call call = withTtl ? some.with("ttl", 100) : some;
            List<Heard> answers = burst.together(clients, i -> call);
            counted(
                    burst,
                    key,
                    "n",
                    amount,
                    clients,
                    answers.stream().map(heard -> heard.ok().result()).toList());
        });
    }

    @Property(
            clause = "INC-5",
            does = "makes a record by many increments and incrementMultis at once; none is lost and all answers differ",
            lookAt = GAP + "; also where there is no record yet",
            lane = Lane.RACE)
    void incrementsOfSeveralFields(Trial t) {
        boolean there = t.choose(true, false);
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            if (there) {
                burst.given(key, "a", 0, "b", 0);
            }
            List<Heard> answers = burst.together(
                    clients, i -> burst.call("incrementMulti", key, "amounts", Values.hash("a", 1, "b", 1)));
            for (String field : List.of("a", "b")) {
                counted(
                        burst,
                        key,
                        field,
                        BigDecimal.ONE,
                        clients,
                        answers.stream()
                                .map(heard -> Ops.hash(heard).get(field))
                                .toList());
            }
        });
    }

    private static void counted(
            Burst burst,
            String key,
            String field,
            BigDecimal amount,
            int clients,
            List<? extends @Nullable Object> answers) {
        Object sum = burst.field(key, field);
        if (!Values.same(sum, amount.multiply(BigDecimal.valueOf(clients)))) {
            throw burst.broken(
                    "INC-5",
                    key,
                    clients + " concurrent increments by " + amount + " made " + Values.brief(sum) + " of 0.");
        }
        if (texts(answers).size() != clients) {
            throw burst.broken(
                    "INC-5",
                    key,
                    "the answers of " + clients + " concurrent increments were not all different: "
                            + Values.brief(new ArrayList<>(answers)) + ".");
        }
    }

    @Property(
            clause = "LIST-8",
            does =
                    "appends or unshifts different values to one list by many clients at once, where there is one, none, and no"
                            + " record; none is lost, and those of one Multi stand together",
            lookAt = GAP,
            lane = Lane.RACE)
    void inserts(Trial t) {
        String operation = t.choose("append", "unshift", "appendMulti", "unshiftMulti");
        Before before = t.choose(Before.values());
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(before, key, "l", Values.list());
            if (!operation.endsWith("Multi")) {
                burst.together(clients, i -> burst.call(operation, key, "field", "l", "value", i))
                        .forEach(Heard::ok);
                allOf(burst, "LIST-8", key, IntStream.range(0, clients).boxed().toList(), burst.list(key, "l"));
                return;
            }
            burst.together(
                            clients,
                            i -> burst.call(operation, key, "values", Values.hash("l", Values.list(2 * i, 2 * i + 1))))
                    .forEach(Heard::ok);
            List<?> list = burst.list(key, "l");
            allOf(burst, "LIST-8", key, IntStream.range(0, 2 * clients).boxed().toList(), list);
            for (int i = 0; i + 1 < list.size(); i += 2) {
                long first = ((Number) Objects.requireNonNull(list.get(i))).longValue();
                if (!Values.same(list.get(i + 1), first + 1)) {
                    throw burst.broken(
                            "LIST-8", key, "what one call inserted was torn apart: " + Values.brief(list) + ".");
                }
            }
        });
    }

    @Property(
            clause = "LIST-8",
            does =
                    "shifts one list by many clients at once, more of them than there are elements; no two get the same element,"
                            + " every element is got, and the rest get nothing",
            lookAt = GAP,
            lane = Lane.RACE)
    void shifts(Trial t) {
        boolean multi = t.choose(false, true);
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            int per = multi ? 2 : 1;
            int elements = clients == 2 ? 2 * per : (clients * 3 / 4) * per;
            List<Integer> all = IntStream.range(0, elements).boxed().toList();
            burst.given(key, "l", all);
            List<Heard> answers = burst.together(
                    clients,
                    i -> multi
                            ? burst.call("shiftMulti", key, "counts", Values.hash("l", 2))
                            : burst.call("shift", key, "field", "l"));
            List<@Nullable Object> got = new ArrayList<>();
            for (Heard heard : answers) {
                heard.ok();
                if (multi) {
                    got.addAll(Ops.hash(heard).get("l") instanceof List<?> some ? some : List.of());
                } else if (heard.answer().hasResult()) {
                    got.add(heard.result());
                }
            }
            if (texts(got).size() != got.size()) {
                throw burst.broken(
                        "LIST-8", key, "two concurrent shifts got the same element: " + Values.brief(got) + ".");
            }
            allOf(burst, "LIST-8", key, all, got);
            allOf(burst, "LIST-8", key, List.of(), burst.list(key, "l"));
        });
    }

    @Property(
            clause = "SET-7",
            does =
                    "adds one value to a set by many clients at once, where there is one, none, and no record; exactly one is told"
                            + " that it is new",
            lookAt = GAP,
            lane = Lane.RACE)
    void addsOfOneValue(Trial t) {
        boolean multi = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        Object value = kind == Kind.NUMBER ? (Object) 7 : "v";
        Object other = kind == Kind.NUMBER ? (Object) 8 : "w";
        Before before = t.choose(Before.values());
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(before, key, "s", new SetValue(kind, List.of(other)));
            List<Heard> answers = burst.together(clients, i -> onOneValue(burst, "add", multi, kind, key, value));
            exactlyOne(burst, key, "add", multi, answers);
        });
    }

    @Property(
            clause = "SET-7",
            does = "removes one member of a set by many clients at once; exactly one is told that it was a member",
            lookAt = GAP,
            lane = Lane.RACE)
    void removesOfOneValue(Trial t) {
        boolean multi = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        Object value = kind == Kind.NUMBER ? (Object) 7 : "v";
        Object stays = kind == Kind.NUMBER ? (Object) 8 : "w";
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(key, "s", new SetValue(kind, List.of(value, stays)));
            List<Heard> answers = burst.together(clients, i -> onOneValue(burst, "remove", multi, kind, key, value));
            exactlyOne(burst, key, "remove", multi, answers);
        });
    }

    private static Call onOneValue(Burst burst, String action, boolean multi, Kind kind, String key, Object value) {
        return multi
                ? burst.call(action + kind.label() + "Multi", key, "values", Values.hash("s", List.of(value)))
                : burst.call(action + kind.label(), key, "field", "s", "value", value);
    }

    private static void exactlyOne(Burst burst, String key, String action, boolean multi, List<Heard> answers) {
        long winners = answers.stream()
                .filter(heard -> multi
                        ? Ops.hash(heard).get("s") instanceof SetValue set
                                && !set.members().isEmpty()
                        : Boolean.TRUE.equals(heard.ok().result()))
                .count();
        if (winners != 1) {
            throw burst.broken(
                    "SET-7",
                    key,
                    "of " + answers.size() + " concurrent calls to " + action + " one value, " + winners
                            + " were told that it was theirs; due was exactly one.");
        }
    }

    @Property(
            clause = "SET-7",
            does =
                    "adds different values to one set, or removes different members, by many clients at once; none is lost",
            lookAt = GAP,
            lane = Lane.RACE)
    void addsAndRemovesOfManyValues(Trial t) {
        boolean remove = t.choose(false, true);
        Kind kind = t.choose(Kind.values());
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(kind == Kind.NUMBER ? (Object) i : "v" + i);
            }
            Object stays = kind == Kind.NUMBER ? (Object) 999 : "stays";
            List<Object> start = new ArrayList<>(remove ? all : List.of());
            start.add(stays);
            burst.given(key, "s", new SetValue(kind, start));
            burst.together(
                            clients,
                            i -> burst.call(
                                    (remove ? "remove" : "add") + kind.label(), key, "field", "s", "value", all.get(i)))
                    .forEach(heard -> heard.is(true));
            List<Object> due = new ArrayList<>(remove ? List.of() : all);
            due.add(stays);
            Object found = burst.field(key, "s");
            allOf(burst, "SET-7", key, due, found instanceof SetValue set ? set.members() : List.of());
        });
    }

    @Property(
            clause = "INC-4",
            does = "reads two fields again and again while incrementMultis raise both at once; they are always equal",
            lookAt = "a record that can be seen halfway",
            lane = Lane.RACE,
            share = 60)
    void nobodySeesHalfAnIncrement(Trial t) {
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(key, "a", 0, "b", 0);
            List<Heard> answers = burst.together(
                    Math.max(4, clients),
                    i -> i % 2 == 0
                            ? burst.call("incrementMulti", key, "amounts", Values.hash("a", 1, "b", 1))
                            : burst.call("get", key, "fields", List.of("a", "b")));
            for (Heard heard : answers) {
                Map<String, @Nullable Object> seen = Ops.hash(heard);
                if (!Values.same(seen.get("a"), seen.get("b"))) {
                    throw burst.broken(
                            "INC-4",
                            key,
                            "two fields that are always raised together were seen as " + Values.brief(seen) + ".");
                }
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does =
                    "reads four fields again and again while calls for several fields change all of them in the same way; they are"
                            + " always equal",
            lookAt = "a call for several fields that is carried out field by field",
            lane = Lane.RACE,
            share = 60)
    void nobodySeesHalfOfAMulti(Trial t) {
        String operation = t.choose(
                "appendMulti", "addNumberMulti", "shiftMulti", "unshiftMulti", "removeNumberMulti", "addStringMulti");
        List<String> fields = List.of("a", "b", "c", "d");
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            List<Integer> all = IntStream.range(0, 12).boxed().toList();
            Object start = operation.contains("Number")
                    ? new SetValue(Kind.NUMBER, operation.startsWith("add") ? List.of(99) : all)
                    : operation.contains("String") ? SetValue.strings("x") : all;
            burst.given(key, "a", start, "b", start, "c", start, "d", start);
            List<Heard> answers = burst.together(
                    Math.max(4, clients),
                    i -> i % 2 == 0
                            ? toEach(burst, key, operation, fields, i)
                            : burst.call("get", key, "fields", fields));
            for (int i = 1; i < answers.size(); i += 2) {
                Map<String, @Nullable Object> seen = Ops.hash(answers.get(i));
                if (texts(seen.values()).size() != 1) {
                    throw burst.broken(
                            "LIN-1",
                            key,
                            "fields that are always changed together by " + operation + " were seen as "
                                    + Values.brief(seen) + ".");
                }
            }
        });
    }

    private static Call toEach(Burst burst, String key, String operation, List<String> fields, int client) {
        Object each = switch (operation) {
            case "shiftMulti" -> 1;
            case "addStringMulti" -> List.of("v" + client);
            default -> List.of(client % 12);
        };
        Map<String, @Nullable Object> arguments = Values.hash();
        fields.forEach(field -> arguments.put(field, each));
        return burst.call(operation, key, operation.equals("shiftMulti") ? "counts" : "values", arguments);
    }
}
