package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.SetValue;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of all kinds by several clients, and reads of what they write, while something happens to the backend, and what must be there afterwards. A call that was in progress may have happened or not.
 */
final class MixedLoad {

    static final int WRITERS = 4;
    private static final int CHOICES = 64;
    private static final Generator<Integer> ANY = Generator.integers(0, 9_999);
    private static final int ROUNDS_ON_ONE_RECORD = 1_000;
    private static final int MOST_SINGLE_WRITES = 3_000;

    private final Trial trial;
    private final List<StoreClient> clients;
    private final StoreClient settings;
    private final List<Integer> choices;
    private final int group;
    private final String event;
    private final Queue<OneWrite> writes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writeCount = new AtomicInteger();
    private final List<AtomicReference<@Nullable OneWrite>> latest = new ArrayList<>();
    private final Map<Integer, ContendedRecords> contended = new ConcurrentHashMap<>();

    /**
     * @param choices see {@link #drawChoices}
     * @param event what happens to the backend, for the messages, such as {@code the service was killed}
     */
    MixedLoad(Trial trial, StoreClient first, List<Integer> choices, int group, String event) {
        this.trial = trial;
        this.clients = List.of(first, OperationCatalog.fromSiblingInstall(first));
        this.settings = trial.store(StoreName.SETTINGS);
        this.choices = List.copyOf(choices);
        this.group = group;
        this.event = event;
        for (int i = 0; i < WRITERS; i++) {
            latest.add(new AtomicReference<>());
        }
    }

    /** Random numbers that determine the calls of a load, and of the histories beside it. */
    static List<Integer> drawChoices(Trial trial) {
        List<Integer> choices = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            choices.add(trial.draw(ANY));
        }
        return choices;
    }

    /** The records that all writers change. A new set of them from time to time, so that none becomes too large. */
    private record ContendedRecords(Contended counter, Contended updated, Contended list, Contended set) {

        void judge() {
            counter.judgeNumber("n");
            updated.judgeNumber("n");
            list.judgeMembers("l");
            set.judgeMembers("s");
        }
    }

    private ContendedRecords contended(int round) {
        return contended.computeIfAbsent(
                round / ROUNDS_ON_ONE_RECORD,
                part -> new ContendedRecords(contended(), contended(), contended(), contended()));
    }

    private Contended contended() {
        return new Contended(trial, clients.get(0), event);
    }

    /** Judges what is there afterwards. */
    void judge() {
        writes.forEach(write -> write.judge(trial));
        contended.values().forEach(ContendedRecords::judge);
    }

    /** Makes a write of this writer. False if its response was lost. */
    boolean write(int writer, int round) {
        StoreClient client = clients.get(writer % clients.size());
        String value = writer + "-" + round;
        ContendedRecords records = contended(round);
        return switch (kind(writer, round)) {
            case 0 ->
                contend(
                        records.counter(),
                        value,
                        key -> client.call(Call.of(client.store(), "increment", "key", key, "field", "n"), group));
            case 1 -> contend(records.updated(), value, key -> client.update(key, MixedLoad::plusOne, group));
            case 2 ->
                contend(
                        records.list(),
                        value,
                        key -> client.call(
                                Call.of(client.store(), "append", "key", key, "field", "l", "value", value), group));
            case 3 ->
                contend(
                        records.set(),
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

    private int kind(int writer, int round) {
        int kind = choices.get((writer * 17 + round) % choices.size()) % 12;
        // Each single write is a record that is read in the end.
        return kind < 4 || writeCount.get() < MOST_SINGLE_WRITES ? kind : kind % 4;
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
        return record.write(value, write);
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
        return writeOnce(writer, new OneWrite(client, key, before, after, event), call);
    }

    private boolean writeOnce(int writer, OneWrite write, Call call) {
        add(write);
        latest.get(writer).set(write);
        return write.make(call, group);
    }

    private void add(OneWrite write) {
        writes.add(write);
        writeCount.incrementAndGet();
    }

    private boolean patchOrDelete(int writer, StoreClient client, boolean deletes) {
        String key = trial.key();
        OneWrite created = new OneWrite(client, key, SuiteValues.hash(), fields(1), event);
        if (!created.make(Call.of(client.store(), "put", "key", key, "value", fields(1)), group)) {
            add(created);
            return false;
        }
        Call call = deletes
                ? Call.of(client.store(), "delete", "key", key)
                : Call.of(client.store(), "patch", "key", key, "value", fields(2));
        return writeOnce(
                writer, new OneWrite(client, key, fields(1), deletes ? SuiteValues.hash() : fields(2), event), call);
    }

    /** Reads what a writer writes. False if the response was lost. */
    boolean read(int reader, int round) {
        OneWrite write = latest.get((reader + round) % WRITERS).get();
        if (write != null && write.isWorthReading() && round % 4 != 3) {
            return write.read(group);
        }
        ContendedRecords records = contended(round);
        return switch (round / 4 % 4) {
            case 0 -> records.counter().read(group, "n");
            case 1 -> records.updated().read(group, "n");
            case 2 -> records.list().read(group, "l");
            default -> records.set().read(group, "s");
        };
    }

    /** A hash as the response to a read; empty if it was refused. */
    static Map<String, @Nullable Object> hash(ResponseAssert response) {
        Map<String, @Nullable Object> hash = new LinkedHashMap<>();
        if (response.result() instanceof Map<?, ?> map) {
            map.forEach((field, value) -> hash.put(String.valueOf(field), value));
        }
        return hash;
    }

    /** The response; null if it was lost, or if the backend reports that it cannot tell the outcome. */
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
