package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.model.Expected;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.Reference;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 4: when a record expires, and what it is then. Every property works on many records at once, so that time has to be moved,
 * or waited for, only once; and asks a second before a record is due and two seconds after it, never between (TTL-3).
 */
final class Chapter4Expiry {

    private static final List<StoreName> STORES = List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE);

    private static final Map<String, @Nullable Object> FULL = Values.hash(
            "n", 5, "l", Values.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"), "gone", true);

    /** The operations that take a ttl, each making a record of the field n. */
    private static List<Call> withTtl(StoreName store, String key, long ttl) {
        return List.of(
                Call.of(store, "put", "key", key, "value", Values.hash("n", 1), "ttl", ttl),
                Call.of(store, "patch", "key", key, "value", Values.hash("n", 1), "ttl", ttl),
                Call.of(store, "increment", "key", key, "field", "n", "ttl", ttl),
                Call.of(store, "incrementMulti", "key", key, "amounts", Values.hash("n", 1), "ttl", ttl));
    }

    @Property(
            clause = "TTL-1",
            does =
                    "writes records with a ttl by each operation that takes one; each says what is left of it, is there a second"
                            + " before it is due, and gone two seconds after it",
            lookAt = "the operation that ignores its ttl, and the unit: seconds from the operation on",
            lane = Lane.TIME,
            share = 20)
    void fourOperationsTakeATtl(Trial t) {
        long ttl = t.ttl(t.choose(60L, 3_600L, 5_184_000L, 2L));
        Trial.Mark before = t.mark();
        Map<String, Place> places = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            for (int i = 0; i < 4; i++) {
                String key = t.key();
                places.put(key, t.in(store));
                places.get(key).call(withTtl(store, key, ttl).get(i)).ok();
            }
        }
        Trial.Mark after = t.mark();
        for (Map.Entry<String, Place> place : places.entrySet()) {
            long left = Math.max(0, ttl - t.elapsed(before) - 1);
            place.getValue().get(place.getKey()).is(Values.hash("n", 1)).hasTtl(left, ttl);
        }
        t.advanceTo(after, ttl - 1);
        for (Map.Entry<String, Place> place : places.entrySet()) {
            if (!t.isPast(before, ttl)) {
                place.getValue().get(place.getKey()).is(Values.hash("n", 1));
            }
        }
        t.advanceTo(after, ttl + 2);
        places.forEach((key, place) -> place.get(key).is(Map.of()));
    }

    @Property(
            clause = "TTL-3",
            does = "asks by each operation that reads, a second before a record is due and two seconds after",
            lookAt = "the reading operation that does not look at the expiry, or rounds it",
            lane = Lane.TIME,
            share = 20)
    void readableUntilItIsDue(Trial t) {
        long ttl = t.ttl(t.choose(10L, 90L, 86_400L));
        Trial.Mark before = t.mark();
        Map<String, Place> places = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            String key = t.key();
            places.put(key, t.in(store));
            t.in(store).call("put", "key", key, "value", FULL, "ttl", ttl).ok();
        }
        Trial.Mark after = t.mark();
        t.advanceTo(after, ttl - 1);
        places.forEach((key, place) -> {
            if (!t.isPast(before, ttl)) {
                readAll(place, key, RecordState.of(FULL));
            }
        });
        t.advanceTo(after, ttl + 2);
        places.forEach((key, place) -> readAll(place, key, RecordState.MISSING));
    }

    private static void readAll(Place place, String key, RecordState state) {
        for (Call call : Ops.everyCall(place.store(), key)) {
            if (call.isRead()) {
                judge(place.call(call), Reference.apply(state, call));
            }
        }
    }

    private static void judge(Heard heard, Expected expected) {
        if (!expected.accepts(heard.answer())) {
            throw heard.broken(expected.words());
        }
    }

    @Property(
            clause = "TTL-2",
            does =
                    "lets records expire, and has each operation carried out on one of them: it does what it does where there"
                            + " never was a record, and what it makes does not expire",
            lookAt = "the operation that revives what has expired, or takes over its expiry",
            lane = Lane.TIME,
            share = 30)
    void expiredIsAsIfItHadNeverBeen(Trial t) {
        long ttl = t.ttl(30);
        Map<String, Place> places = new LinkedHashMap<>();
        List<Call> calls = new ArrayList<>();
        for (StoreName store : STORES) {
            int count = Ops.everyCall(store, "").size();
            for (int i = 0; i < count; i++) {
                String key = t.key();
                places.put(key, t.in(store));
                t.in(store).call("put", "key", key, "value", FULL, "ttl", ttl).ok();
                calls.add(Ops.everyCall(store, key).get(i));
            }
        }
        Trial.Mark after = t.mark();
        t.advanceTo(after, ttl + 2);
        for (Call call : calls) {
            Place place = places.get(call.key());
            Expected expected = Reference.apply(RecordState.MISSING, call);
            judge(java.util.Objects.requireNonNull(place).call(call), expected);
            Heard read = place.get(call.key()).is(expected.after().hash());
            read.hasNoTtl();
            place.exists(call.key()).is(!expected.after().isMissing());
        }
        t.advanceTo(after, 2 * ttl + 4);
        for (Call call : calls) {
            Expected expected = Reference.apply(RecordState.MISSING, call);
            t.in(call.store()).get(call.key()).is(expected.after().hash());
        }
    }

    @Property(
            clause = "TTL-2",
            does =
                    "patches an expired record with an updater: it sees {} and no ttl; a write on condition of the version from"
                            + " before is a conflict",
            lookAt = "the version of a record that expired and was made again",
            lane = Lane.TIME,
            share = 20)
    void anUpdaterSeesNothing(Trial t) {
        long ttl = t.ttl(30);
        for (StoreName store : STORES) {
            Place place = t.in(store);
            String key = t.key();
            String raced = t.key();
            String deleted = t.key();
            String answered = t.key();
            for (String each : List.of(key, raced, deleted, answered)) {
                place.givenFor(each, ttl, "n", 5);
            }
            Trial.Mark after = t.mark();
            Answer stale = place.get(raced).ok().answer();
            t.advanceTo(after, ttl + 2);
            place.put(answered, Values.hash("n", 1)).is(Map.of());
            place.delete(deleted).is(Map.of());
            place.delete(deleted, "n").ok();
            place.exists(deleted).is(false);
            Map<String, @Nullable Object> seen = Values.hash();
            place.update(key, (current, left) -> {
                        seen.put("current", current);
                        seen.put("ttl", left);
                        return Next.of(Values.hash("m", 1));
                    })
                    .is(Map.of());
            if (!Values.same(seen, Values.hash("current", Map.of(), "ttl", null))) {
                throw t.brokenAt("TTL-2", "an updater saw " + Values.brief(seen) + " of an expired record.", key);
            }
            place.get(key).is(Values.hash("m", 1)).hasNoTtl();
            place.put(raced, Values.hash("n", 6)).ok();
            if (stale.version().isPresent()) {
                place.call(
                                "put",
                                "key",
                                raced,
                                "value",
                                Values.hash("n", 7),
                                "ifVersion",
                                stale.version().getAsLong())
                        .by("PATCH-3")
                        .isRefused("version_conflict");
                place.get(raced).by("PATCH-3").is(Values.hash("n", 6));
            }
        }
    }
}
