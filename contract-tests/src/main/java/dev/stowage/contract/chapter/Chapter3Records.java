package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: reading and writing, but for patch and delete. */
final class Chapter3Records {

    @Property(
            clause = "GET-1",
            does = "gets what was never written and what was deleted; the answer is {}",
            lookAt = "what get does where it finds nothing")
    void getOfNothing(Trial t) {
        Place place = t.inAnyStore();
        boolean deleted = t.choose(false, true);
        String key = t.key();
        if (deleted) {
            place.given(key, "a", 1).delete(key).ok();
        }
        place.get(key).is(Map.of());
        place.exists(key).by("EXISTS-1").is(false);
        place.get(key).is(Map.of());
    }

    @Property(
            clause = "GET-2",
            does =
                    "gets some of a record's fields, some that are not there among them, and fields that hold null, 0, false"
                            + " and the empty string",
            lookAt = "absent fields that are answered as null, and present ones that a condition takes for absent")
    void getOfFields(Trial t) {
        Place place = t.inAnyStore();
        Map<String, @Nullable Object> record = Values.hash(
                "n", null, "z", 0, "f", false, "e", "", "l", Values.list(), "x", t.draw(Some.VALUE), "xy", 1, "X", 2);
        List<String> names = t.choose(List.of(
                List.of("x", "absent"),
                List.of("n"),
                List.of("z"),
                List.of("f"),
                List.of("e"),
                List.of("l"),
                List.of("absent", "x", "n", "z", "f", "e"),
                List.of("absent"),
                List.of("x", "x"),
                List.of("absent", "missing"),
                List.of("constructor"),
                List.of("toString", "x"),
                List.of("length")));
        String key = t.key();
        place.put(key, record).ok();
        Map<String, @Nullable Object> right = new LinkedHashMap<>(record);
        right.keySet().retainAll(names);
        place.get(key, names.toArray(new String[0])).is(right);
        place.get(key).is(record);
        String missing = t.key();
        place.get(missing, names.toArray(new String[0])).is(Map.of());
        place.exists(missing).is(false);
    }

    @Property(
            clause = "GET-2",
            does = "gets with an empty list of names",
            lookAt = "whether no names mean all of them",
            advisory = true,
            share = 20)
    void getOfNoFields(Trial t) {
        Place place = t.inAnyStore();
        String key = t.key();
        place.given(key, "a", 1).get(key, new String[0]).is(Map.of());
    }

    @Property(
            clause = "PUT-1",
            does = "puts a record over another; of the first nothing is left, nested hashes included",
            lookAt = "whether put merges")
    void putReplaces(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> first = t.draw(Some.HASH);
        Map<String, Object> second = t.draw(Some.HASH);
        String key = t.key();
        place.put(key, Some.with(Some.with(first, "only", 1), "h", Values.hash("a", 1, "b", 2)))
                .ok();
        place.put(key, Some.with(second, "h", Values.hash("c", 3))).ok();
        place.get(key).is(Some.with(second, "h", Values.hash("c", 3)));
        place.put(key, second).ok();
        place.get(key).is(second);
    }

    @Property(
            clause = "PUT-1",
            does = "puts a set over a set, and {} over a record; of what was there nothing is left",
            lookAt = "whether sets are merged, and whether {} is taken for nothing to do",
            share = 40)
    void putReplacesSetsAndAll(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        place.given(key, "s", SetValue.numbers(1, 2), "x", 1);
        place.put(key, Values.hash("s", SetValue.numbers(3))).ok();
        place.get(key).is(Values.hash("s", SetValue.numbers(3)));
        place.put(key, Values.hash()).ok();
        place.get(key).is(Map.of());
    }

    @Property(
            clause = "PUT-2",
            does =
                    "puts three times: the base stores answer true, the key-value stores what was there before, {} at first",
            lookAt = "which record put answers: the one before, whole")
    void putAnswers(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> first = t.draw(Some.HASH);
        Map<String, Object> second = t.draw(Some.HASH);
        String key = t.key();
        place.put(key, first).is(place.isKeyValue() ? Map.of() : true);
        place.put(key, second).is(place.isKeyValue() ? first : true);
        place.put(key, second).is(place.isKeyValue() ? second : true);
        place.delete(key).ok();
        place.put(key, first).is(place.isKeyValue() ? Map.of() : true);
    }

    @Property(clause = "PUT-3", does = "puts {}; the record exists", lookAt = "whether an empty record counts as none")
    void putOfNothing(Trial t) {
        Place place = t.inAnyStore();
        String key = t.key();
        place.put(key, Map.of()).ok();
        place.exists(key).is(true);
        place.get(key).is(Map.of());
    }

    @Property(
            clause = "EXISTS-1",
            does = "asks before and after writes by every operation that creates, after deletes, and twice in a row",
            lookAt = "what exists looks at: reads must not create, falsy values are values, a deleted record is gone")
    void existsWhatWasWritten(Trial t) {
        Place place = t.inAnyStore();
        Map<String, @Nullable Object> record = t.choose(List.of(
                Values.hash("a", 1),
                Values.hash("a", 0),
                Values.hash("a", null),
                Values.hash("a", false),
                Values.hash("a", ""),
                Values.hash("a", Values.hash()),
                Values.hash("a", Values.list())));
        String way = t.choose("put", "patch");
        String key = t.key();
        place.exists(key).is(false);
        place.get(key).ok();
        place.exists(key).is(false);
        place.call(way, "key", key, "value", record).ok();
        place.exists(key).is(true);
        place.exists(key).is(true);
        place.delete(key).ok();
        place.exists(key).is(false);
        place.call(way, "key", key, "value", record).ok();
        place.exists(key).is(true);
        place.get(key).is(record);
    }

    @Property(
            clause = "EXISTS-1",
            does = "asks after each of the operations that create a record in the key-value stores",
            lookAt = "a record that an operation makes and exists does not see",
            share = 60)
    void existsAfterEveryCreation(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        var creating = t.choose(Ops.keyValueCalls(place.store(), key).stream()
                .filter(call -> call.operation().matches("(increment|append|unshift|add).*"))
                .toList());
        place.call(creating).ok();
        place.exists(key).is(true);
        place.delete(key).ok();
        place.exists(key).is(false);
        place.get(key).by("GET-1").is(Map.of());
    }
}
