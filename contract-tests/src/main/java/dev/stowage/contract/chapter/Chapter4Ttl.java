package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 4: what operations do with a record's expiry. */
final class Chapter4Ttl {

    private static final List<StoreName> STORES = List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE);

    /** What has become of the expiry. */
    private enum Fate {
        KEPT,
        RESTARTED,
        REMOVED
    }

    /** Something to do to a record that has the field n and a ttl. */
    private interface Change {
        void on(Place place, String key);
    }

    /** A record, where it is and what becomes of it. */
    private record Kept(Place place, String key, String what, Fate fate) {}

    /**
     * Writes records with a ttl, changes each in its way a little later, and looks at all of them before they were due at first, after
     * that, and after they are due again.
     */
    private static void follow(Trial t, Map<String, Change> changes, Map<String, Fate> fates) {
        long ttl = t.ttl(100);
        long later = t.movesTime() ? 30 : 1;
        Trial.Mark before = t.mark();
        List<Kept> records = new java.util.ArrayList<>();
        for (StoreName store : STORES) {
            for (String what : changes.keySet()) {
                String key = t.key();
                t.in(store).givenFor(key, ttl, "n", 1, "l", Values.list(1, 2), "s", SetValue.numbers(1, 2), "x", 1);
                records.add(new Kept(t.in(store), key, what, java.util.Objects.requireNonNull(fates.get(what))));
            }
        }
        Trial.Mark written = t.mark();
        t.advanceTo(written, later);
        Trial.Mark beforeChange = t.mark();
        for (Kept record : records) {
            java.util.Objects.requireNonNull(changes.get(record.what())).on(record.place(), record.key());
            var read = record.place().get(record.key()).ok();
            switch (record.fate()) {
                case KEPT ->
                    read.hasTtl(Math.max(0, ttl - t.elapsed(before) - 1), ttl - later + (t.movesTime() ? 0 : 1));
                case RESTARTED -> read.hasTtl(Math.max(0, 2 * ttl - t.elapsed(beforeChange) - 1), 2 * ttl);
                case REMOVED -> read.hasNoTtl();
            }
        }
        Trial.Mark changed = t.mark();
        t.advanceTo(written, ttl - 1);
        for (Kept record : records) {
            if (!t.isPast(before, ttl)) {
                record.place().exists(record.key()).is(true);
            }
        }
        t.advanceTo(written, ttl + 2);
        for (Kept record : records) {
            if (record.fate() == Fate.KEPT || !t.isPast(beforeChange, 2 * ttl)) {
                record.place().exists(record.key()).is(record.fate() != Fate.KEPT);
            }
        }
        t.advanceTo(changed, 2 * ttl + 2);
        for (Kept record : records) {
            record.place().exists(record.key()).is(record.fate() == Fate.REMOVED);
        }
    }

    @Property(
            clause = "TTL-4",
            does =
                    "puts without a ttl, and with a ttl of null, over a record that has one; the new record does not expire",
            lookAt = "an expiry that put takes over",
            lane = Lane.TIME,
            share = 20)
    void putRemovesTheExpiry(Trial t) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("put", (place, key) -> place.put(key, Values.hash("n", 2)).ok());
        changes.put(
                "put with null",
                (place, key) -> place.call("put", "key", key, "value", Values.hash("n", 2), "ttl", null)
                        .ok());
        changes.put("deleted and put", (place, key) -> {
            place.delete(key).ok();
            place.put(key, Values.hash("n", 2)).ok();
        });
        changes.put("deleted and patched", (place, key) -> {
            place.delete(key).ok();
            place.patch(key, Values.hash("n", 2)).ok();
        });
        changes.put("deleted and incremented", (place, key) -> {
            place.delete(key).ok();
            place.increment(key, "n").ok();
        });
        changes.put("put twice", (place, key) -> {
            place.call("put", "key", key, "value", Values.hash("n", 2), "ttl", 7)
                    .ok();
            place.put(key, Values.hash("n", 2)).ok();
        });
        Map<String, Fate> fates = new LinkedHashMap<>();
        changes.keySet().forEach(what -> fates.put(what, Fate.REMOVED));
        changes.put(
                "put with ttl",
                (place, key) -> place.call("put", "key", key, "value", Values.hash("n", 2), "ttl", 2 * t.ttl(100))
                        .ok());
        fates.put("put with ttl", Fate.RESTARTED);
        follow(t, changes, fates);
    }

    @Property(
            clause = "TTL-5",
            does =
                    "patches and increments records that have a ttl: without mentioning it, with a ttl, and with null; the expiry"
                            + " is kept, restarted and removed",
            lookAt = "null and absent, which are not the same here; and the operation that treats them otherwise",
            lane = Lane.TIME,
            share = 30)
    void patchAndIncrements(Trial t) {
        long twice = 2 * t.ttl(100);
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            for (String operation : List.of("patch", "increment", "incrementMulti")) {
                String what = operation + " " + fate;
                changes.put(what, (place, key) -> {
                    Call call = writing(place.store(), operation, key);
                    place.call(
                                    fate == Fate.KEPT
                                            ? call
                                            : call.with("ttl", fate == Fate.REMOVED ? null : (Object) twice))
                            .ok();
                });
                fates.put(what, fate);
            }
        }
        follow(t, changes, fates);
    }

    private static Call writing(StoreName store, String operation, String key) {
        return switch (operation) {
            case "patch" -> Call.of(store, "patch", "key", key, "value", Values.hash("n", 2));
            case "increment" -> Call.of(store, "increment", "key", key, "field", "n");
            default -> Call.of(store, "incrementMulti", "key", key, "amounts", Values.hash("n", 1, "m", 2));
        };
    }

    @Property(
            clause = "TTL-5",
            does = "patches and increments records without an expiry, with a ttl and with null",
            lookAt = "a ttl that only a record with an expiry takes",
            lane = Lane.TIME,
            share = 10)
    void fromNoExpiry(Trial t) {
        long ttl = t.ttl(50);
        Map<String, Place> expiring = new LinkedHashMap<>();
        Map<String, Place> staying = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            for (String operation : List.of("patch", "increment", "incrementMulti")) {
                String key = t.key();
                t.in(store).given(key, "n", 1);
                t.in(store)
                        .call(writing(store, operation, key).with("ttl", ttl))
                        .ok();
                expiring.put(key, t.in(store));
                String stays = t.key();
                t.in(store).given(stays, "n", 1);
                t.in(store)
                        .call(writing(store, operation, stays).with("ttl", null))
                        .ok();
                staying.put(stays, t.in(store));
            }
        }
        Trial.Mark after = t.mark();
        expiring.forEach((key, place) -> place.get(key).hasTtl(0, ttl));
        staying.forEach((key, place) -> place.get(key).hasNoTtl());
        t.advanceTo(after, ttl + 2);
        expiring.forEach((key, place) -> place.exists(key).is(false));
        staying.forEach((key, place) -> place.exists(key).is(true));
    }

    @Property(
            clause = "TTL-6",
            does = "patches records with updaters that look at the remaining ttl and keep, restart or remove it",
            skipped = "for a put that keeps the expiry without an updater, where the API has none",
            lookAt = "keepTtl, and the ttl that get answers",
            lane = Lane.TIME,
            share = 30)
    void updaters(Trial t) {
        long ttl = t.ttl(100);
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            changes.put("updater " + fate, (place, key) -> {
                Map<String, @Nullable Object> seen = Values.hash();
                long wanted = fate == Fate.KEPT ? Next.KEEP : fate == Fate.REMOVED ? Next.NONE : 2 * ttl;
                place.update(key, (current, left) -> {
                            seen.put("ttl", left);
                            return new Next(Values.hash("n", 2), wanted);
                        })
                        .ok();
                boolean isRight = seen.get("ttl") instanceof Long left
                        && left <= ttl - (t.movesTime() ? 30 : 0)
                        && left >= (t.movesTime() ? ttl - 31 : 0);
                if (!isRight) {
                    throw t.brokenAt(
                            "TTL-6",
                            "an updater was given the remaining ttl " + seen.get("ttl") + " of a record with a ttl of "
                                    + ttl + " seconds.",
                            key);
                }
            });
            fates.put("updater " + fate, fate);
        }
        follow(t, changes, fates);
        String key = t.key();
        Place place = t.in(StoreName.KV_STORE);
        place.given(key, "n", 1);
        place.update(key, (current, left) -> {
                    if (left != null) {
                        throw t.brokenAt(
                                "TTL-6", "an updater was given the ttl " + left + " where there is none.", key);
                    }
                    return Next.of(current);
                })
                .ok();
        place.get(key).hasNoTtl();
    }

    @Property(
            clause = "TTL-7",
            does = "changes lists and sets, and deletes fields, of records with a ttl; the expiry is kept",
            lookAt = "the operation that writes a record without its expiry",
            lane = Lane.TIME,
            share = 20)
    void listsSetsAndDeletesKeepIt(Trial t) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(
                "append", (place, key) -> place.insert("append", key, "l", 3).ok());
        changes.put(
                "unshift", (place, key) -> place.insert("unshift", key, "l", 3).ok());
        changes.put(
                "appendMulti",
                (place, key) ->
                        place.multi("appendMulti", key, "l", Values.list(3)).ok());
        changes.put("shift", (place, key) -> place.take("shift", key, "l").ok());
        changes.put(
                "shiftMulti",
                (place, key) -> place.takeMulti("shiftMulti", key, "l", 1).ok());
        changes.put(
                "add",
                (place, key) ->
                        place.member("add", SetValue.Kind.NUMBER, key, "s", 3).ok());
        changes.put(
                "remove",
                (place, key) -> place.member("remove", SetValue.Kind.NUMBER, key, "s", 1)
                        .ok());
        changes.put("delete", (place, key) -> place.delete(key, "x").ok());
        Map<String, Fate> fates = new LinkedHashMap<>();
        changes.keySet().forEach(what -> fates.put(what, Fate.KEPT));
        follow(t, changes, fates);
    }

    @Property(
            clause = "TTL-8",
            does =
                    "uses ttls that are zero, negative, fractional, too large, or no number, with each operation that takes one;"
                            + " each is invalid_request and nothing is written; the largest is taken",
            skipped = "where the API's types make such a ttl impossible",
            lookAt = "the range check of ttl",
            share = 50)
    void ttlsOutOfRange(Trial t) {
        Place place = t.inKeyValueStore();
        String operation = t.choose("patch", "put", "increment", "incrementMulti");
        Object ttl = t.choose(0, -1, 1.5, 315_360_001L, "60", true);
        String key = t.key();
        Call call = operation.equals("put")
                ? Call.of(place.store(), "put", "key", key, "value", Values.hash("n", 2))
                : writing(place.store(), operation, key);
        place.given(key, "n", 1);
        place.call(call.with("ttl", ttl)).isRefused("invalid_request");
        place.get(key).is(Values.hash("n", 1)).hasNoTtl();
        place.call(call.with("ttl", 315_360_000L)).ok();
    }

    @Property(
            clause = "TTL-9",
            does = "puts and patches with a ttl into the base stores; it is invalid_request and nothing is written",
            skipped = "where the API's types make a ttl there impossible",
            lookAt = "whether it is ignored in silence",
            share = 20)
    void baseStoresTakeNoTtl(Trial t) {
        Place place = t.inBaseStore();
        String operation = t.choose("put", "patch");
        String key = t.key();
        place.given(key, "n", 1);
        place.call(operation, "key", key, "value", Values.hash("n", 2), "ttl", 60)
                .isRefused("invalid_request");
        place.get(key).is(Values.hash("n", 1));
    }
}
