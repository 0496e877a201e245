package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 9: histories, sequential and concurrent, and versions. */
final class Chapter9Order {

    private static final Generator<Integer> ANY = Generator.integers(0, 9_999);
    private static final int MOST_REPEATS = 400;

    @Property(
            clause = "LIN-1",
            does = "makes random sequences of calls, by several installs and apps on few keys of all stores,"
                    + " and compares every response and record with a reference model; a difference is"
                    + " reported as the clause that it breaks",
            lookAt = "the last call of the sequence, or the write before it",
            share = 400)
    void anySequence(Trial t) {
        new ModelTest(t, false).run(14);
    }

    @Property(
            clause = "LIN-1",
            does = "makes random sequences of calls on the key-value stores in which time advances and records"
                    + " expire, and compares them with a reference model",
            skipped = "if time cannot be advanced",
            lookAt = "the last call of the sequence, or the write before it",
            lane = Lane.TIME,
            share = 150)
    void anySequenceInTime(Trial t) {
        if (!t.canAdvanceTime()) {
            throw t.skip("its time cannot be advanced, and waiting would take too long");
        }
        new ModelTest(t, true).run(12);
    }

    @Property(
            clause = "LIN-1",
            does = "calls each operation that takes several fields with six of them, five of which exist, and"
                    + " compares the result and the record with a reference model; a difference is"
                    + " reported as the clause that it breaks",
            lookAt = "fields after the first few, and fields that get another field's arguments")
    void manyFieldsAtOnce(Trial t) {
        new MultiFieldCalls(t).run();
    }

    @Property(
            clause = "LIN-1",
            does = "writes a record many times and reads it after each write, by two callers in turns; every"
                    + " read sees the last write",
            lookAt = "writes that are lost intermittently, and stale reads",
            share = 150)
    void everyWriteIsSeen(Trial t) {
        StoreClient client = t.anyStore();
        StoreClient otherClient = OperationCatalog.fromSiblingInstall(client);
        try {
            writeAndRead(t, client, otherClient);
        } catch (ClauseViolation large) {
            throw RaceShrinker.shrink(large, MOST_REPEATS, i -> writeOnce(t, client, otherClient));
        }
    }

    private static void writeOnce(Trial t, StoreClient client, StoreClient otherClient) {
        String key = t.key();
        client.put(key, SuiteValues.hash("i", 1)).succeeds();
        otherClient.get(key).hasResult(SuiteValues.hash("i", 1));
        client.patch(key, SuiteValues.hash("i", 2)).succeeds();
        otherClient.get(key).hasResult(SuiteValues.hash("i", 2));
    }

    private static void writeAndRead(Trial t, StoreClient client, StoreClient otherClient) {
        String key = t.key();
        int from = t.draw(ANY);
        for (int i = 0; i < 8; i++) {
            Map<String, @Nullable Object> record = SuiteValues.hash("i", from + i);
            (i % 2 == 0 ? client : otherClient).put(key, record).succeeds();
            (i % 4 < 2 ? otherClient : client).get(key).hasResult(record);
            if (i % 3 == 0) {
                client.patch(key, SuiteValues.hash("p", i)).succeeds();
                otherClient.get(key).hasResult(SuiteValues.hash("i", from + i, "p", i));
            }
        }
        otherClient.delete(key).succeeds();
        client.get(key).hasResult(Map.of());
        otherClient.exists(key).hasResult(false);
    }

    @Property(
            clause = "LIN-1",
            does = "makes mixed calls of four clients on two keys concurrently; the history of each key must"
                    + " have an order in which every response is right",
            skipped = "never; a history with too many possible orders is counted as unknown",
            lookAt = "the timeline: calls of each client over time, and the response that no order explains",
            lane = Lane.RACE,
            share = 200)
    void concurrentHistories(Trial t) {
        StoreName store = t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS);
        new ConcurrentHistories(t, t.store(store)).run();
    }

    @Property(
            clause = "LIN-2",
            does = "writes by each operation and reads the version after it; no version is repeated, not even"
                    + " after a delete, and a missing record has version 0",
            lookAt = "versions that do not change, or restart",
            share = 50)
    void versionsAreNeverReused(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        if (version(client, key) != 0) {
            throw t.violationAtKeys(
                    "LIN-2", "expected version 0 of a missing record but was" + " " + version(client, key) + ".", key);
        }
        Map<Long, String> seen = new LinkedHashMap<>();
        for (String write : List.of("put", "put again", "patch", "increment", "append", "delete", "put", "add")) {
            switch (write) {
                case "put", "put again" ->
                    client.put(key, SuiteValues.hash("a", 1)).succeeds();
                case "patch" -> client.patch(key, SuiteValues.hash("b", 1)).succeeds();
                case "increment" -> client.increment(key, "n").succeeds();
                case "append" -> client.insertIntoList("append", key, "l", 1).succeeds();
                case "add" ->
                    client.call("addNumber", "key", key, "field", "s", "value", 1)
                            .succeeds();
                default -> {
                    client.delete(key).succeeds();
                    continue;
                }
            }
            String before = seen.put(version(client, key), write);
            if (before != null) {
                throw t.violationAtKeys(
                        "LIN-2", "after " + write + " a record has the version that it had after " + before, key);
            }
        }
    }

    private static long version(StoreClient client, String key) {
        Response response = client.get(key).succeeds().actual();
        return response.version().orElse(-1);
    }

    @Property(
            clause = "LIN-2",
            does = "puts, patches and deletes conditionally on the current version, an old one, and version 0",
            skipped = "if the API has no conditional write",
            lookAt = "the operation that does not compare the version",
            share = 50)
    void writesOnCondition(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String operation = t.choose("put", "patch", "delete");
        String key = t.key();
        client.createRecord(key, "a", 1);
        long old = version(client, key);
        client.createRecord(key, "a", 2);
        Call call = operation.equals("delete")
                ? Call.of(client.store(), "delete", "key", key)
                : Call.of(client.store(), operation, "key", key, "value", SuiteValues.hash("a", 3));
        client.call(call.with("ifVersion", old)).isRefusedWith("version_conflict");
        client.call(call.with("ifVersion", 0)).isRefusedWith("version_conflict");
        client.get(key).hasResult(SuiteValues.hash("a", 2));
        client.call(call.with("ifVersion", version(client, key))).succeeds();
        client.get(key).hasResult(operation.equals("delete") ? Map.of() : SuiteValues.hash("a", 3));
    }
}
