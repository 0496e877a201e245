package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.StartBarrier;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kills the backend while writers, readers and the clients of a history call it, after a random number of responses, and judges what is there after the start. A call that was in progress may have happened or not; each client stops at its first lost response.
 */
final class CrashLoad {

    private static final int WRITERS = 4;
    private static final int READERS = 3;
    private static final int MOST_ROUNDS = 4_000;
    private static final int CHOICES = 64;
    private static final long MOST_SECONDS = 15;
    private static final Generator<Integer> ANY = Generator.integers(0, 9_999);
    private static final Generator<Integer> RESPONSES = Generator.integers(20, 250);

    private final Trial trial;
    private final List<StoreClient> clients;
    private final StoreClient settings;
    private final List<Integer> choices = new ArrayList<>();
    private final CountDownLatch responses;
    private final int group;
    private final CrashHistory history;
    private final Queue<OneWrite> writes = new ConcurrentLinkedQueue<>();
    private final List<AtomicReference<@Nullable OneWrite>> latest = new ArrayList<>();
    private final Contended counter;
    private final Contended updated;
    private final Contended list;
    private final Contended set;
    private volatile boolean stopped;

    CrashLoad(Trial trial, StoreName store) {
        this.trial = trial;
        StoreClient first = trial.store(store);
        this.clients = List.of(first, OperationCatalog.fromSiblingInstall(first));
        this.settings = trial.store(StoreName.SETTINGS);
        for (int i = 0; i < CHOICES; i++) {
            choices.add(trial.draw(ANY));
        }
        this.responses = new CountDownLatch(trial.draw(RESPONSES));
        this.group = trial.newGroup();
        this.history = new CrashHistory(trial, first, choices);
        for (int i = 0; i < WRITERS; i++) {
            latest.add(new AtomicReference<>());
        }
        this.counter = new Contended(trial, first);
        this.updated = new Contended(trial, first);
        this.list = new Contended(trial, first);
        this.set = new Contended(trial, first);
    }

    void run() {
        List<Supplier<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            callers.add(() -> repeat(round -> write(writer, round)));
        }
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            callers.add(() -> repeat(round -> read(reader, round)));
        }
        for (int i = 0; i < CrashHistory.CLIENTS; i++) {
            int client = i;
            callers.add(() -> repeat(round -> history.isRead(client, round)
                    ? history.call(client, round, group)
                    : countResponse(history.call(client, round, group))));
        }
        callers.add(this::kill);
        trial.concurrently(callers);
        history.callAfterTheStart(trial.newGroup());
        writes.forEach(write -> write.judge(trial));
        counter.judgeNumber("n");
        updated.judgeNumber("n");
        list.judgeMembers("l");
        set.judgeMembers("s");
        history.judge();
    }

    private boolean kill() {
        StartBarrier.awaitOthers();
        try {
            if (!responses.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                trial.count("killed before the load was reached");
            }
            history.markKill();
            trial.restart();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
        }
        return true;
    }

    private interface Round {
        /** False if the response was lost. */
        boolean run(int round);
    }

    private boolean repeat(Round caller) {
        for (int round = 0; round < MOST_ROUNDS && !stopped; round++) {
            if (!caller.run(round)) {
                return false;
            }
        }
        return true;
    }

    /** Counts a response that brings the kill closer. Reads do not count: quick readers would kill before there are writes. */
    private boolean countResponse(boolean responded) {
        if (responded) {
            responses.countDown();
        }
        return responded;
    }

    private boolean write(int writer, int round) {
        StoreClient client = clients.get(writer % clients.size());
        String value = writer + "-" + round;
        return switch (choices.get((writer * 17 + round) % CHOICES) % 12) {
            case 0 ->
                contend(
                        counter,
                        value,
                        key -> client.call(Call.of(client.store(), "increment", "key", key, "field", "n"), group));
            case 1 -> contend(updated, value, key -> client.update(key, CrashLoad::plusOne, group));
            case 2 ->
                contend(
                        list,
                        value,
                        key -> client.call(
                                Call.of(client.store(), "append", "key", key, "field", "l", "value", value), group));
            case 3 ->
                contend(
                        set,
                        value,
                        key -> client.call(
                                Call.of(client.store(), "addString", "key", key, "field", "s", "value", value), group));
            case 4 -> patchOrDelete(writer, client, round % 2 == 0);
            case 5 -> writeOnce(writer, settings, "put", "value", fields(1), SuiteValues.hash(), fields(1));
            case 6 -> writeOnce(writer, client, "put", "value", fields(1), SuiteValues.hash(), fields(1));
            case 7, 8 ->
                writeOnce(
                        writer,
                        client,
                        "appendMulti",
                        "values",
                        fields(SuiteValues.list(1)),
                        SuiteValues.hash(),
                        fields(SuiteValues.list(1)));
            case 9 ->
                writeOnce(
                        writer,
                        client,
                        "addNumberMulti",
                        "values",
                        fields(SuiteValues.list(1)),
                        SuiteValues.hash(),
                        fields(SetValue.numbers(1)));
            default -> writeOnce(writer, client, "incrementMulti", "amounts", fields(1), SuiteValues.hash(), fields(1));
        };
    }

    private static Next plusOne(Map<String, @Nullable Object> current, @Nullable Long ttl) {
        long before = current.get("n") instanceof Number number ? number.longValue() : 0;
        return Next.of(SuiteValues.hash("n", before + 1));
    }

    /** Four fields that are always written together. */
    private static Map<String, @Nullable Object> fields(Object value) {
        return SuiteValues.hash("a", value, "b", value, "c", value, "d", value);
    }

    private boolean contend(Contended record, String value, Contended.Write write) {
        return countResponse(record.write(value, write));
    }

    private boolean writeOnce(
            int writer,
            StoreClient client,
            String operation,
            String argument,
            Object value,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after) {
        String key = trial.key();
        Call call = Call.of(client.store(), operation, "key", key, argument, value);
        return writeOnce(writer, new OneWrite(client, key, before, after), call);
    }

    private boolean writeOnce(int writer, OneWrite write, Call call) {
        writes.add(write);
        latest.get(writer).set(write);
        return countResponse(write.make(call, group));
    }

    private boolean patchOrDelete(int writer, StoreClient client, boolean deletes) {
        String key = trial.key();
        OneWrite created = new OneWrite(client, key, SuiteValues.hash(), fields(1));
        if (!created.make(Call.of(client.store(), "put", "key", key, "value", fields(1)), group)) {
            writes.add(created);
            return false;
        }
        Call call = deletes
                ? Call.of(client.store(), "delete", "key", key)
                : Call.of(client.store(), "patch", "key", key, "value", fields(2));
        return writeOnce(writer, new OneWrite(client, key, fields(1), deletes ? SuiteValues.hash() : fields(2)), call);
    }

    private boolean read(int reader, int round) {
        OneWrite write = latest.get((reader + round) % WRITERS).get();
        if (write != null && write.isWorthReading() && round % 4 != 3) {
            return write.read(group);
        }
        Contended record = List.of(counter, updated, list, set).get(round / 4 % 4);
        return record.read(group, record == list ? "l" : record == set ? "s" : "n");
    }

    /** A hash as the response to a read; empty if it was refused. */
    static Map<String, @Nullable Object> hash(ResponseAssert response) {
        Map<String, @Nullable Object> hash = new LinkedHashMap<>();
        if (response.result() instanceof Map<?, ?> map) {
            map.forEach((field, value) -> hash.put(String.valueOf(field), value));
        }
        return hash;
    }

    /** The response; null if it was lost, or if the backend reports that it cannot tell the outcome while it is killed. */
    static @Nullable ResponseAssert respond(Supplier<ResponseAssert> call) {
        try {
            ResponseAssert response = call.get();
            return "internal".equals(response.actual().code())
                            || "unavailable".equals(response.actual().code())
                    ? null
                    : response;
        } catch (NoResponseException lost) {
            return null;
        }
    }
}
