package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.run.Broken;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many clients at one record at once, again and again. A record with a heavy field beside the one that is worked on takes longer to
 * read, measure and write, so that a gap between reading and writing is met instead of hoped for; one that expires may be kept
 * elsewhere; and in the shared store the clients are of two installs, so that a lock of each install's own is no help.
 */
final class Burst {

    private static final int HEAVY = 9_000;
    private static final int LONG = 3_600;
    private static final int MOST_REPEATS = 250;

    private final Trial trial;
    private final Kind kind;
    private final Place place;
    private final Place other;

    private Burst(Trial trial, StoreName store, Kind kind) {
        this.trial = trial;
        this.kind = kind;
        this.place = trial.in(store);
        this.other = Ops.otherEnd(place);
    }

    /** One burst: a fresh record, calls at once, and what has to be true of their answers and of the record. */
    interface Race {
        void run(Burst burst, String key, int clients);
    }

    /** What the record is like that they are all at. */
    private enum Kind {
        LIGHT,
        HEAVY,
        EXPIRING
    }

    /** What there is before it begins. */
    enum Before {
        FIELD,
        NO_FIELD,
        NO_RECORD
    }

    /** In one of the key-value stores, with each kind of record. */
    static void inKeyValueStore(Trial t, Race race) {
        new Burst(t, t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE), t.choose(Kind.values())).run(race);
    }

    /** In one of the four stores, with each kind of record; in the base stores none expires. */
    static void inAnyStore(Trial t, Race race) {
        StoreName store =
                t.choose(StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS, StoreName.SECRETS);
        new Burst(t, store, t.choose(Kind.values())).run(race);
    }

    /** Large bursts first; if one shows something, the smallest that shows it again is looked for. */
    private void run(Race race) {
        for (int clients : kind == Kind.HEAVY ? new int[] {10, 12} : new int[] {16, 8, 24}) {
            try {
                race.run(this, trial.key(), clients);
            } catch (Broken large) {
                throw smallest(race, large);
            }
        }
    }

    private Broken smallest(Race race, Broken large) {
        return Smaller.than(large, MOST_REPEATS, i -> race.run(this, trial.key(), i < MOST_REPEATS * 3 / 5 ? 2 : 3));
    }

    boolean isKeyValue() {
        return place.isKeyValue();
    }

    Trial trial() {
        return trial;
    }

    Place place() {
        return place;
    }

    /** The record to begin with, and the heavy field where there is one. */
    void given(String key, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> record = Values.hash(namesAndValues);
        if (kind == Kind.HEAVY) {
            record.put("heavy", heavyValue());
        }
        if (record.isEmpty()) {
            record.put("x", 1);
        }
        Call put = call("put", key, "value", record);
        place.call(kind == Kind.EXPIRING && isKeyValue() ? put.with("ttl", LONG) : put)
                .ok();
    }

    /** The record with that field, without it, or none. */
    void given(Before before, String key, String field, Object value) {
        if (before == Before.FIELD) {
            given(key, field, value);
        } else if (before == Before.NO_FIELD) {
            given(key, "x", 1);
        }
    }

    private static List<Integer> heavyValue() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < HEAVY; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** So many calls at once, by turns of the two installs. */
    List<Heard> together(int clients, IntFunction<Call> calls) {
        int group = trial.newGroup();
        List<Supplier<Heard>> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Place from = i % 2 == 0 ? place : other;
            Call call = calls.apply(i);
            callers.add(() -> from.call(call, group));
        }
        return trial.together(callers);
    }

    /** So many updaters at once. */
    List<Heard> updating(int clients, String key, IntFunction<dev.stowage.contract.call.Client.Updater> updaters) {
        List<Supplier<Heard>> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Place from = i % 2 == 0 ? place : other;
            dev.stowage.contract.call.Client.Updater updater = updaters.apply(i);
            callers.add(() -> from.update(key, updater));
        }
        return trial.together(callers);
    }

    Call call(String operation, String key, @Nullable Object... more) {
        Call call = Call.of(place.store(), operation, "key", key);
        for (int i = 0; i < more.length; i += 2) {
            call = call.with(String.valueOf(more[i]), more[i + 1]);
        }
        return call;
    }

    /** The field as it reads afterwards; null where it is not there. */
    @Nullable
    Object field(String key, String field) {
        return Ops.hash(place.get(key, field)).get(field);
    }

    List<?> list(String key, String field) {
        return field(key, field) instanceof List<?> list ? list : List.of();
    }

    Broken broken(String clause, String key, String message) {
        return trial.brokenAt(clause, message, key);
    }
}
