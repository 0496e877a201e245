package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Source;
import dev.stowage.contract.run.Broken;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 9: histories, sequential and concurrent, and versions. */
final class Chapter9Order {

    private static final Source<Integer> ANY = Source.integers(0, 9_999);
    private static final int MOST_REPEATS = 400;

    @Property(
            clause = "LIN-1",
            does =
                    "carries out any sequence of operations, by several installs and apps on few keys of all stores, and compares it with"
                            + " a reference model; what differs is shown as the clause that it breaks",
            lookAt = "the last operation of the sequence, or the write before it",
            share = 400)
    void anySequence(Trial t) {
        new Sequence(t, false).run(14);
    }

    @Property(
            clause = "LIN-1",
            does =
                    "carries out any sequence of operations on the key-value stores in which time moves on and records expire, and"
                            + " compares it with a reference model",
            skipped = "where time can't be moved",
            lookAt = "the last operation of the sequence, or the write before it",
            lane = Lane.TIME,
            share = 150)
    void anySequenceInTime(Trial t) {
        if (!t.movesTime()) {
            throw t.skip("time can't be moved here, and is too long to wait for so often");
        }
        new Sequence(t, true).run(12);
    }

    @Property(
            clause = "LIN-1",
            does =
                    "carries out each operation that takes several fields with six of them, five of which are there, and compares"
                            + " the answer and the record with a reference model; what differs is shown as the clause that it breaks",
            lookAt = "fields after the first few, and fields that are dealt with by another one's arguments")
    void manyFieldsAtOnce(Trial t) {
        new ManyFields(t).run();
    }

    @Property(
            clause = "LIN-1",
            does =
                    "writes a record many times and reads it after each write, in turns by two callers; every read sees the write"
                            + " before it",
            lookAt = "writes that are lost now and then, and reads that are answered from somewhere else",
            share = 150)
    void everyWriteIsSeen(Trial t) {
        Place place = t.inAnyStore();
        Place other = Ops.otherEnd(place);
        try {
            writeAndRead(t, place, other);
        } catch (Broken large) {
            throw Smaller.than(large, MOST_REPEATS, i -> writeOnce(t, place, other));
        }
    }

    private static void writeOnce(Trial t, Place place, Place other) {
        String key = t.key();
        place.put(key, Values.hash("i", 1)).ok();
        other.get(key).is(Values.hash("i", 1));
        place.patch(key, Values.hash("i", 2)).ok();
        other.get(key).is(Values.hash("i", 2));
    }

    private static void writeAndRead(Trial t, Place place, Place other) {
        String key = t.key();
        int from = t.draw(ANY);
        for (int i = 0; i < 8; i++) {
            Map<String, @Nullable Object> record = Values.hash("i", from + i);
            (i % 2 == 0 ? place : other).put(key, record).ok();
            (i % 4 < 2 ? other : place).get(key).is(record);
            if (i % 3 == 0) {
                place.patch(key, Values.hash("p", i)).ok();
                other.get(key).is(Values.hash("i", from + i, "p", i));
            }
        }
        other.delete(key).ok();
        place.get(key).is(Map.of());
        other.exists(key).is(false);
    }

    @Property(
            clause = "LIN-1",
            does =
                    "has four clients carry out a mix of operations on two keys at once; the history of each key must have an order in"
                            + " which every answer is right",
            skipped = "never; a history with more orders than can be tried is counted as unknown",
            lookAt = "the timeline: who did what when, and the answer that no order explains",
            lane = Lane.RACE,
            share = 200)
    void concurrentHistories(Trial t) {
        StoreName store = t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS);
        new Histories(t, t.in(store)).run();
    }

    @Property(
            clause = "LIN-2",
            does =
                    "writes by each operation and reads the version after it; no version is seen twice, not after a delete"
                            + " either, and a missing record has version 0",
            lookAt = "versions that stay, or begin again",
            share = 50)
    void versionsAreNeverReused(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        if (version(place, key) != 0) {
            throw t.brokenAt("LIN-2", "a missing record has the version " + version(place, key) + ".", key);
        }
        Map<Long, String> seen = new LinkedHashMap<>();
        for (String write : List.of("put", "put again", "patch", "increment", "append", "delete", "put", "add")) {
            switch (write) {
                case "put", "put again" -> place.put(key, Values.hash("a", 1)).ok();
                case "patch" -> place.patch(key, Values.hash("b", 1)).ok();
                case "increment" -> place.increment(key, "n").ok();
                case "append" -> place.insert("append", key, "l", 1).ok();
                case "add" ->
                    place.call("addNumber", "key", key, "field", "s", "value", 1)
                            .ok();
                default -> {
                    place.delete(key).ok();
                    continue;
                }
            }
            String before = seen.put(version(place, key), write);
            if (before != null) {
                throw t.brokenAt(
                        "LIN-2", "after " + write + " a record has the version that it had after " + before, key);
            }
        }
    }

    private static long version(Place place, String key) {
        Answer answer = place.get(key).ok().answer();
        return answer.version().orElse(-1);
    }

    @Property(
            clause = "LIN-2",
            does = "puts, patches and deletes on condition of the current version, of an old one, and of none",
            skipped = "where the API offers no write on condition of a version",
            lookAt = "the operation that does not compare the version",
            share = 50)
    void writesOnCondition(Trial t) {
        Place place = t.inKeyValueStore();
        String operation = t.choose("put", "patch", "delete");
        String key = t.key();
        place.given(key, "a", 1);
        long old = version(place, key);
        place.given(key, "a", 2);
        Call call = operation.equals("delete")
                ? Call.of(place.store(), "delete", "key", key)
                : Call.of(place.store(), operation, "key", key, "value", Values.hash("a", 3));
        place.call(call.with("ifVersion", old)).isRefused("version_conflict");
        place.call(call.with("ifVersion", 0)).isRefused("version_conflict");
        place.get(key).is(Values.hash("a", 2));
        place.call(call.with("ifVersion", version(place, key))).ok();
        place.get(key).is(operation.equals("delete") ? Map.of() : Values.hash("a", 3));
    }
}
