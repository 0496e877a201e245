package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 4: how operations change a record's expiry. */
final class Chapter4Ttl {

    private static final List<StoreName> STORES = List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE);

    /** What a change does to the expiry. */
    private enum Fate {
        KEPT,
        RESTARTED,
        REMOVED
    }

    /** A change of a record that has the field n and a ttl. */
    private interface Change {
        void on(StoreClient client, String key);
    }

    /** A record, its store, and what the change does to its expiry. */
    private record TrackedRecord(StoreClient client, String key, String what, Fate fate) {}

    /**
     * Writes records with a ttl, changes each of them a little later, and reads all of them before the first expiry, after it, and after the second.
     */
    private static void follow(Trial t, Map<String, Change> changes, Map<String, Fate> fates) {
        long ttl = t.ttl(100);
        long later = t.canAdvanceTime() ? 30 : 1;
        Trial.Mark before = t.mark();
        List<TrackedRecord> records = new java.util.ArrayList<>();
        for (StoreName store : STORES) {
            for (String what : changes.keySet()) {
                String key = t.key();
                t.store(store)
                        .createExpiringRecord(
                                key, ttl, "n", 1, "l", SuiteValues.list(1, 2), "s", SetValue.numbers(1, 2), "x", 1);
                records.add(new TrackedRecord(
                        t.store(store), key, what, java.util.Objects.requireNonNull(fates.get(what))));
            }
        }
        Trial.Mark written = t.mark();
        t.advanceTo(written, later);
        Trial.Mark beforeChange = t.mark();
        for (TrackedRecord record : records) {
            java.util.Objects.requireNonNull(changes.get(record.what())).on(record.client(), record.key());
            var read = record.client().get(record.key()).succeeds();
            switch (record.fate()) {
                case KEPT ->
                    read.hasTtlBetween(
                            Math.max(0, ttl - t.elapsed(before) - 1), ttl - later + (t.canAdvanceTime() ? 0 : 1));
                case RESTARTED -> read.hasTtlBetween(Math.max(0, 2 * ttl - t.elapsed(beforeChange) - 1), 2 * ttl);
                case REMOVED -> read.hasNoTtl();
            }
        }
        Trial.Mark changed = t.mark();
        t.advanceTo(written, ttl - 1);
        for (TrackedRecord record : records) {
            if (!t.isPast(before, ttl)) {
                record.client().exists(record.key()).hasResult(true);
            }
        }
        t.advanceTo(written, ttl + 2);
        for (TrackedRecord record : records) {
            if (record.fate() == Fate.KEPT || !t.isPast(beforeChange, 2 * ttl)) {
                record.client().exists(record.key()).hasResult(record.fate() != Fate.KEPT);
            }
        }
        t.advanceTo(changed, 2 * ttl + 2);
        for (TrackedRecord record : records) {
            record.client().exists(record.key()).hasResult(record.fate() == Fate.REMOVED);
        }
    }

    @Property(
            clause = "TTL-4",
            does = "puts without a ttl, and with a ttl of null, over a record with a ttl; the new record does"
                    + " not expire",
            lookAt = "an expiry that put keeps",
            lane = Lane.TIME,
            share = 20)
    void putRemovesTheExpiry(Trial t) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(
                "put",
                (client, key) -> client.put(key, SuiteValues.hash("n", 2)).succeeds());
        changes.put(
                "put with null",
                (client, key) -> client.call("put", "key", key, "value", SuiteValues.hash("n", 2), "ttl", null)
                        .succeeds());
        changes.put("deleted and put", (client, key) -> {
            client.delete(key).succeeds();
            client.put(key, SuiteValues.hash("n", 2)).succeeds();
        });
        changes.put("deleted and patched", (client, key) -> {
            client.delete(key).succeeds();
            client.patch(key, SuiteValues.hash("n", 2)).succeeds();
        });
        changes.put("deleted and incremented", (client, key) -> {
            client.delete(key).succeeds();
            client.increment(key, "n").succeeds();
        });
        changes.put("put twice", (client, key) -> {
            client.call("put", "key", key, "value", SuiteValues.hash("n", 2), "ttl", 7)
                    .succeeds();
            client.put(key, SuiteValues.hash("n", 2)).succeeds();
        });
        Map<String, Fate> fates = new LinkedHashMap<>();
        changes.keySet().forEach(what -> fates.put(what, Fate.REMOVED));
        changes.put(
                "put with ttl",
                (client, key) -> client.call(
                                "put", "key", key, "value", SuiteValues.hash("n", 2), "ttl", 2 * t.ttl(100))
                        .succeeds());
        fates.put("put with ttl", Fate.RESTARTED);
        follow(t, changes, fates);
    }

    @Property(
            clause = "TTL-5",
            does = "patches and increments records with a ttl: without a ttl, with one, and with null; the"
                    + " expiry is kept, restarted and removed",
            lookAt = "null and absent, which differ here; and the operation that treats them alike",
            lane = Lane.TIME,
            share = 30)
    void patchAndIncrements(Trial t) {
        long twice = 2 * t.ttl(100);
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            for (String operation : List.of("patch", "increment", "incrementMulti")) {
                String what = operation + " " + fate;
                changes.put(what, (client, key) -> {
                    Call call = writing(client.store(), operation, key);
                    client.call(
                                    fate == Fate.KEPT
                                            ? call
                                            : call.with("ttl", fate == Fate.REMOVED ? null : (Object) twice))
                            .succeeds();
                });
                fates.put(what, fate);
            }
        }
        follow(t, changes, fates);
    }

    private static Call writing(StoreName store, String operation, String key) {
        return switch (operation) {
            case "patch" -> Call.of(store, "patch", "key", key, "value", SuiteValues.hash("n", 2));
            case "increment" -> Call.of(store, "increment", "key", key, "field", "n");
            default -> Call.of(store, "incrementMulti", "key", key, "amounts", SuiteValues.hash("n", 1, "m", 2));
        };
    }

    @Property(
            clause = "TTL-5",
            does = "patches and increments records that do not expire, with a ttl and with null",
            lookAt = "a ttl that is ignored unless the record already has one",
            lane = Lane.TIME,
            share = 10)
    void fromNoExpiry(Trial t) {
        long ttl = t.ttl(50);
        Map<String, StoreClient> expiring = new LinkedHashMap<>();
        Map<String, StoreClient> staying = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            for (String operation : List.of("patch", "increment", "incrementMulti")) {
                String key = t.key();
                t.store(store).createRecord(key, "n", 1);
                t.store(store)
                        .call(writing(store, operation, key).with("ttl", ttl))
                        .succeeds();
                expiring.put(key, t.store(store));
                String stays = t.key();
                t.store(store).createRecord(stays, "n", 1);
                t.store(store)
                        .call(writing(store, operation, stays).with("ttl", null))
                        .succeeds();
                staying.put(stays, t.store(store));
            }
        }
        Trial.Mark after = t.mark();
        expiring.forEach((key, client) -> client.get(key).hasTtlBetween(0, ttl));
        staying.forEach((key, client) -> client.get(key).hasNoTtl());
        t.advanceTo(after, ttl + 2);
        expiring.forEach((key, client) -> client.exists(key).hasResult(false));
        staying.forEach((key, client) -> client.exists(key).hasResult(true));
    }

    @Property(
            clause = "TTL-6",
            does = "patches records with updaters that read the remaining ttl and keep, restart or remove it",
            skipped = "never",
            lookAt = "keepTtl, and the ttl that get returns",
            lane = Lane.TIME,
            share = 30)
    void updaters(Trial t) {
        long ttl = t.ttl(100);
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, Fate> fates = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            changes.put("updater " + fate, (client, key) -> {
                Map<String, @Nullable Object> seen = SuiteValues.hash();
                long wanted = fate == Fate.KEPT ? Next.KEEP : fate == Fate.REMOVED ? Next.NONE : 2 * ttl;
                client.update(key, (current, left) -> {
                            seen.put("ttl", left);
                            return new Next(SuiteValues.hash("n", 2), wanted);
                        })
                        .succeeds();
                boolean isRight = seen.get("ttl") instanceof Long left
                        && left <= ttl - (t.canAdvanceTime() ? 30 : 0)
                        && left >= (t.canAdvanceTime() ? ttl - 31 : 0);
                if (!isRight) {
                    throw t.violationAtKeys(
                            "TTL-6",
                            "an updater was given the remaining ttl " + seen.get("ttl") + " of a record with a"
                                    + " ttl of "
                                    + ttl + " seconds.",
                            key);
                }
            });
            fates.put("updater " + fate, fate);
        }
        follow(t, changes, fates);
        String key = t.key();
        StoreClient client = t.store(StoreName.KV_STORE);
        client.createRecord(key, "n", 1);
        client.update(key, (current, left) -> {
                    if (left != null) {
                        throw t.violationAtKeys(
                                "TTL-6", "an updater was given the ttl " + left + " where there is none.", key);
                    }
                    return Next.of(current);
                })
                .succeeds();
        client.get(key).hasNoTtl();
    }

    @Property(
            clause = "TTL-7",
            does = "changes lists and sets, and deletes fields, in records with a ttl; the expiry is kept",
            lookAt = "the operation that writes a record without its expiry",
            lane = Lane.TIME,
            share = 20)
    void listsSetsAndDeletesKeepIt(Trial t) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(
                "append",
                (client, key) -> client.insertIntoList("append", key, "l", 3).succeeds());
        changes.put(
                "unshift",
                (client, key) -> client.insertIntoList("unshift", key, "l", 3).succeeds());
        changes.put(
                "appendMulti",
                (client, key) -> client.multiOperation("appendMulti", key, "l", SuiteValues.list(3))
                        .succeeds());
        changes.put(
                "shift", (client, key) -> client.takeFirst("shift", key, "l").succeeds());
        changes.put(
                "shiftMulti",
                (client, key) ->
                        client.takeFirstMulti("shiftMulti", key, "l", 1).succeeds());
        changes.put(
                "add",
                (client, key) -> client.setOperation("add", SetValue.Kind.NUMBER, key, "s", 3)
                        .succeeds());
        changes.put(
                "remove",
                (client, key) -> client.setOperation("remove", SetValue.Kind.NUMBER, key, "s", 1)
                        .succeeds());
        changes.put("delete", (client, key) -> client.delete(key, "x").succeeds());
        Map<String, Fate> fates = new LinkedHashMap<>();
        changes.keySet().forEach(what -> fates.put(what, Fate.KEPT));
        follow(t, changes, fates);
    }

    @Property(
            clause = "TTL-8",
            does = "uses ttls that are zero, negative, fractional, too large, or no number, with each"
                    + " operation that takes one;"
                    + " each is refused as invalid_request and nothing is written; the largest allowed"
                    + " ttl is accepted",
            skipped = "if the API's types make such a ttl impossible",
            lookAt = "the range check of ttl",
            share = 50)
    void ttlsOutOfRange(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String operation = t.choose("patch", "put", "increment", "incrementMulti");
        Object ttl = t.choose(0, -1, 1.5, 315_360_001L, "60", true);
        String key = t.key();
        Call call = operation.equals("put")
                ? Call.of(client.store(), "put", "key", key, "value", SuiteValues.hash("n", 2))
                : writing(client.store(), operation, key);
        client.createRecord(key, "n", 1);
        client.call(call.with("ttl", ttl)).isRefusedWith("invalid_request");
        client.get(key).hasResult(SuiteValues.hash("n", 1)).hasNoTtl();
        client.call(call.with("ttl", 315_360_000L)).succeeds();
    }

    @Property(
            clause = "TTL-9",
            does = "puts and patches with a ttl in the base stores; it is refused as invalid_request and"
                    + " nothing is written",
            skipped = "if the API's types make a ttl there impossible",
            lookAt = "whether the ttl is silently ignored",
            share = 20)
    void baseStoresTakeNoTtl(Trial t) {
        StoreClient client = t.anyBaseStore();
        String operation = t.choose("put", "patch");
        String key = t.key();
        client.createRecord(key, "n", 1);
        client.call(operation, "key", key, "value", SuiteValues.hash("n", 2), "ttl", 60)
                .isRefusedWith("invalid_request");
        client.get(key).hasResult(SuiteValues.hash("n", 1));
    }
}
