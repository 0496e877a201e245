package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 4: when a record expires, and its state then. Every property uses many records at once, so that time is advanced, or waited for, only once. It tests one second before a record expires and two seconds after, never in between (TTL-3).
 */
final class Chapter4Expiry {

    private static final List<StoreName> STORES = List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE);

    private static final Map<String, @Nullable Object> FULL = SuiteValues.hash(
            "n", 5, "l", SuiteValues.list(1, 2), "ns", SetValue.numbers(7), "ss", SetValue.strings("m"), "gone", true);

    /** The operations that take a ttl, each creating a record with the field n. */
    private static List<Call> withTtl(StoreName store, String key, long ttl) {
        return List.of(
                Call.of(store, "put", "key", key, "value", SuiteValues.hash("n", 1), "ttl", ttl),
                Call.of(store, "patch", "key", key, "value", SuiteValues.hash("n", 1), "ttl", ttl),
                Call.of(store, "increment", "key", key, "field", "n", "ttl", ttl),
                Call.of(store, "incrementMulti", "key", key, "amounts", SuiteValues.hash("n", 1), "ttl", ttl));
    }

    @Property(
            clause = "TTL-1",
            does = "writes records with a ttl by each operation that takes one; each record has the right"
                    + " remaining ttl, exists one second before it expires, and is gone two seconds after",
            lookAt = "the operation that ignores its ttl, and the unit: seconds from the operation",
            lane = Lane.TIME,
            share = 20)
    void fourOperationsTakeATtl(Trial t) {
        long ttl = t.ttl(t.choose(60L, 3_600L, 5_184_000L, 2L));
        Trial.Mark before = t.mark();
        Map<String, StoreClient> places = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            for (int i = 0; i < 4; i++) {
                String key = t.key();
                places.put(key, t.store(store));
                places.get(key).call(withTtl(store, key, ttl).get(i)).succeeds();
            }
        }
        Trial.Mark after = t.mark();
        for (Map.Entry<String, StoreClient> client : places.entrySet()) {
            long left = Math.max(0, ttl - t.elapsed(before) - 1);
            client.getValue()
                    .get(client.getKey())
                    .hasResult(SuiteValues.hash("n", 1))
                    .hasTtlBetween(left, ttl);
        }
        t.advanceTo(after, ttl - 1);
        for (Map.Entry<String, StoreClient> client : places.entrySet()) {
            if (!t.isPast(before, ttl)) {
                client.getValue().get(client.getKey()).hasResult(SuiteValues.hash("n", 1));
            }
        }
        t.advanceTo(after, ttl + 2);
        places.forEach((key, client) -> client.get(key).hasResult(Map.of()));
    }

    @Property(
            clause = "TTL-3",
            does = "reads by each reading operation, one second before a record expires and two seconds after",
            lookAt = "the reading operation that does not check the expiry, or rounds it",
            lane = Lane.TIME,
            share = 20)
    void readableUntilItIsDue(Trial t) {
        long ttl = t.ttl(t.choose(10L, 90L, 86_400L));
        Trial.Mark before = t.mark();
        Map<String, StoreClient> places = new LinkedHashMap<>();
        for (StoreName store : STORES) {
            String key = t.key();
            places.put(key, t.store(store));
            t.store(store).call("put", "key", key, "value", FULL, "ttl", ttl).succeeds();
        }
        Trial.Mark after = t.mark();
        t.advanceTo(after, ttl - 1);
        places.forEach((key, client) -> {
            if (!t.isPast(before, ttl)) {
                readAll(client, key, RecordState.of(FULL));
            }
        });
        t.advanceTo(after, ttl + 2);
        places.forEach((key, client) -> readAll(client, key, RecordState.MISSING));
    }

    private static void readAll(StoreClient client, String key, RecordState state) {
        for (Call call : OperationCatalog.everyCall(client, key)) {
            if (call.isRead()) {
                judge(client.call(call), ReferenceModel.apply(state, call));
            }
        }
    }

    private static void judge(ResponseAssert response, ExpectedResponse expected) {
        if (!expected.accepts(response.actual())) {
            throw response.violation(expected.description());
        }
    }

    @Property(
            clause = "TTL-2",
            does = "calls each operation on an expired record: it has the effect that it has on a missing"
                    + " record, and the new record does not expire",
            lookAt = "the operation that revives an expired record, or keeps its expiry",
            lane = Lane.TIME,
            share = 30)
    void expiredIsAsIfItHadNeverBeen(Trial t) {
        long ttl = t.ttl(30);
        Map<String, StoreClient> places = new LinkedHashMap<>();
        List<Call> calls = new ArrayList<>();
        for (StoreName store : STORES) {
            for (Call call : OperationCatalog.everyCall(t.store(store), "")) {
                String key = t.key();
                places.put(key, t.store(store));
                t.store(store)
                        .call("put", "key", key, "value", FULL, "ttl", ttl)
                        .succeeds();
                calls.add(call.with("key", key));
            }
        }
        Trial.Mark after = t.mark();
        t.advanceTo(after, ttl + 2);
        for (Call call : calls) {
            StoreClient client = places.get(call.key());
            ExpectedResponse expected = ReferenceModel.apply(RecordState.MISSING, call);
            judge(java.util.Objects.requireNonNull(client).call(call), expected);
            ResponseAssert read =
                    client.get(call.key()).hasResult(expected.after().hash());
            read.hasNoTtl();
            client.exists(call.key()).hasResult(!expected.after().isMissing());
        }
        t.advanceTo(after, 2 * ttl + 4);
        for (Call call : calls) {
            ExpectedResponse expected = ReferenceModel.apply(RecordState.MISSING, call);
            t.store(call.store()).get(call.key()).hasResult(expected.after().hash());
        }
    }

    @Property(
            clause = "TTL-2",
            does = "patches an expired record with an updater: it gets {} and no ttl; a write conditional on"
                    + " the old version is refused as version_conflict",
            lookAt = "the version of a record that expired and was created again",
            lane = Lane.TIME,
            share = 20)
    void anUpdaterSeesNothing(Trial t) {
        long ttl = t.ttl(30);
        for (StoreName store : STORES) {
            StoreClient client = t.store(store);
            String key = t.key();
            String raced = t.key();
            String deleted = t.key();
            String answered = t.key();
            for (String each : List.of(key, raced, deleted, answered)) {
                client.createExpiringRecord(each, ttl, "n", 5);
            }
            Trial.Mark after = t.mark();
            Response stale = client.get(raced).succeeds().actual();
            t.advanceTo(after, ttl + 2);
            client.put(answered, SuiteValues.hash("n", 1)).hasResult(Map.of());
            client.delete(deleted).hasResult(Map.of());
            client.delete(deleted, "n").succeeds();
            client.exists(deleted).hasResult(false);
            Map<String, @Nullable Object> seen = SuiteValues.hash();
            client.update(key, (current, left) -> {
                        seen.put("current", current);
                        seen.put("ttl", left);
                        return Next.of(SuiteValues.hash("m", 1));
                    })
                    .hasResult(Map.of());
            if (!SuiteValues.areEqual(seen, SuiteValues.hash("current", Map.of(), "ttl", null))) {
                throw t.violationAtKeys(
                        "TTL-2",
                        "expected an updater of an expired record to get {} and no ttl but was" + " "
                                + SuiteValues.abbreviated(seen) + ".",
                        key);
            }
            client.get(key).hasResult(SuiteValues.hash("m", 1)).hasNoTtl();
            client.put(raced, SuiteValues.hash("n", 6)).succeeds();
            if (stale.version().isPresent()) {
                client.call(
                                "put",
                                "key",
                                raced,
                                "value",
                                SuiteValues.hash("n", 7),
                                "ifVersion",
                                stale.version().getAsLong())
                        .forClause("PATCH-3")
                        .isRefusedWith("version_conflict");
                client.get(raced).forClause("PATCH-3").hasResult(SuiteValues.hash("n", 6));
            }
        }
    }
}
