package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes concurrent calls of many clients on one record, repeatedly. A record with a heavy extra field takes longer to read, measure and write, which makes a race more likely. A record that expires may be stored elsewhere. In the shared store the clients use two installs, so that a lock per install does not help.
 */
final class ConcurrencyBurst {

    private static final int HEAVY = 9_000;
    private static final int LONG = 3_600;
    private static final int MOST_REPEATS = 250;

    private final Trial trial;
    private final Kind kind;
    private final StoreClient client;
    private final StoreClient siblingClient;

    private ConcurrencyBurst(Trial trial, StoreName store, Kind kind) {
        this.trial = trial;
        this.kind = kind;
        this.client = trial.store(store);
        this.siblingClient = OperationCatalog.fromSiblingInstall(client);
    }

    /** One burst: a new record, concurrent calls, and assertions on their responses and on the record. */
    interface Race {
        void run(ConcurrencyBurst concurrencyBurst, String key, int clients);
    }

    /** The kind of record that the calls are made on. */
    private enum Kind {
        LIGHT,
        HEAVY,
        EXPIRING
    }

    /** What exists before the burst. */
    enum Before {
        FIELD,
        NO_FIELD,
        NO_RECORD
    }

    /** In one of the key-value stores, with each kind of record. */
    static void inKeyValueStore(Trial t, Race race) {
        new ConcurrencyBurst(t, t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE), t.choose(Kind.values()))
                .run(race);
    }

    /** In one of the four stores, with each kind of record; in the base stores none expires. */
    static void inAnyStore(Trial t, Race race) {
        StoreName store =
                t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS, StoreName.SECRETS);
        new ConcurrencyBurst(t, store, t.choose(Kind.values())).run(race);
    }

    /** Runs large bursts first. If one shows a violation, looks for the smallest that shows it again. */
    private void run(Race race) {
        for (int clients : kind == Kind.HEAVY ? new int[] {10, 12} : new int[] {16, 8, 24}) {
            try {
                race.run(this, trial.key(), clients);
            } catch (ClauseViolation large) {
                throw smallest(race, large);
            }
        }
    }

    private ClauseViolation smallest(Race race, ClauseViolation large) {
        return RaceShrinker.shrink(
                large, MOST_REPEATS, i -> race.run(this, trial.key(), i < MOST_REPEATS * 3 / 5 ? 2 : 3));
    }

    boolean isKeyValue() {
        return client.isKeyValue();
    }

    Trial trial() {
        return trial;
    }

    StoreClient client() {
        return client;
    }

    /** Creates the record to start with, with the heavy field if the kind has one. */
    void createRecord(String key, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> record = SuiteValues.hash(namesAndValues);
        if (kind == Kind.HEAVY) {
            record.put("heavy", heavyValue());
        }
        if (record.isEmpty()) {
            record.put("x", 1);
        }
        Call put = call("put", key, "value", record);
        client.call(kind == Kind.EXPIRING && isKeyValue() ? put.with("ttl", LONG) : put)
                .succeeds();
    }

    /** Creates the record with that field, without it, or no record. */
    void createRecord(Before before, String key, String field, Object value) {
        if (before == Before.FIELD) {
            createRecord(key, field, value);
        } else if (before == Before.NO_FIELD) {
            createRecord(key, "x", 1);
        }
    }

    private static List<Integer> heavyValue() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < HEAVY; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Makes this many concurrent calls, alternately by the two installs. */
    List<ResponseAssert> callConcurrently(int clients, IntFunction<Call> calls) {
        int group = trial.newGroup();
        List<Supplier<ResponseAssert>> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            StoreClient from = i % 2 == 0 ? client : siblingClient;
            Call call = calls.apply(i);
            callers.add(() -> from.call(call, group));
        }
        return trial.concurrently(callers);
    }

    /** Applies this many updaters concurrently. */
    List<ResponseAssert> updateConcurrently(
            int clients, String key, IntFunction<dev.stowage.contract.call.Client.Updater> updaters) {
        int group = trial.newGroup();
        List<Supplier<ResponseAssert>> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            StoreClient from = i % 2 == 0 ? client : siblingClient;
            dev.stowage.contract.call.Client.Updater updater = updaters.apply(i);
            callers.add(() -> from.update(key, updater, group));
        }
        return trial.concurrently(callers);
    }

    Call call(String operation, String key, @Nullable Object... more) {
        Call call = Call.of(client.store(), operation, "key", key);
        for (int i = 0; i < more.length; i += 2) {
            call = call.with(String.valueOf(more[i]), more[i + 1]);
        }
        return call;
    }

    /** The field as read afterwards; null if it is absent. */
    @Nullable
    Object field(String key, String field) {
        return OperationCatalog.hash(client.get(key, field)).get(field);
    }

    List<?> list(String key, String field) {
        return field(key, field) instanceof List<?> list ? list : List.of();
    }

    ClauseViolation violation(String clause, String key, String message) {
        return trial.violationAtKeys(clause, message, key);
    }
}
