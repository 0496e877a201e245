package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.draw.Source;
import dev.stowage.contract.model.Expected;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.Reference;
import dev.stowage.contract.model.Unspecified;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Trial;
import dev.stowage.contract.run.Who;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model test: random operations by several installs and apps on few keys of all stores, each answer and each record compared with
 * the reference model, time among them where it can be moved.
 */
final class Sequence {

    private static final Source<String> OPERATIONS = Source.of(
            "get",
            "put",
            "patch",
            "delete",
            "exists",
            "get fields",
            "delete fields",
            "increment",
            "incrementMulti",
            "append",
            "unshift",
            "appendMulti",
            "unshiftMulti",
            "shift",
            "peek",
            "shiftMulti",
            "peekMulti",
            "add",
            "remove",
            "has",
            "addMulti",
            "removeMulti",
            "hasMulti");
    private static final Source<Integer> BASE_OPERATIONS = Source.integers(0, 6);
    private static final Source<Integer> WHO = Source.of(0, 0, 0, 1, 2, 3);
    private static final Source<StoreName> STORE = Source.of(
            StoreName.KV_STORE, StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS, StoreName.SECRETS);
    private static final Source<Integer> KEY = Source.integers(0, 1);
    private static final Source<Integer> TYPE = Source.integers(0, 9);
    private static final Source<Integer> COUNT = Source.integers(0, 3);
    private static final Source<String> FIELD = Source.of("a", "b", "c");
    private static final Source<Integer> TTL = Source.of(0, 0, 10, 5, 60, -1);
    private static final Source<Integer> PAUSE = Source.of(0, 0, 0, 2, 7, 13, 62);
    private static final Source<Boolean> LOOK = Source.of(false, true);

    /** A key in a store, as one of the partitions has it. */
    private record Spot(String partition, StoreName store, String key) {}

    /**
     * What the model believes.
     *
     * @param due when it expires, in seconds of this trial; 0 for never
     * @param clause which clause a record that reads otherwise breaks
     */
    private record Belief(RecordState state, long due, String clause, Place place) {}

    private final Trial trial;
    private final boolean withTime;
    private final List<Who> people = new ArrayList<>();
    private final String[] keys;
    private final Map<Spot, Belief> beliefs = new LinkedHashMap<>();
    private final Trial.Mark start;
    private long now;

    Sequence(Trial trial, boolean withTime) {
        this.trial = trial;
        this.withTime = withTime;
        this.keys = new String[] {trial.key(), trial.key()};
        this.start = trial.mark();
        people.add(Who.INSTALL);
        for (Who who : List.of(Who.SIBLING, Who.STRANGER, Who.FUNCTION)) {
            // Another app has a clock of its own, which does not move with this one.
            boolean ages = withTime && who.equals(Who.STRANGER);
            people.add(!ages && reachable(who) ? who : Who.INSTALL);
        }
    }

    private boolean reachable(Who who) {
        try {
            trial.by(who, StoreName.SHARED_KV_STORE);
            return true;
        } catch (dev.stowage.contract.call.NotCheckable none) {
            return false;
        }
    }

    void run(int length) {
        trial.steps(length, this::step);
        List.copyOf(beliefs.keySet()).forEach(this::look);
    }

    private void step() {
        if (withTime) {
            int pause = trial.draw(PAUSE);
            if (pause > 0) {
                now += pause;
                trial.advanceTo(start, now);
            }
        }
        Who who = people.get(trial.draw(WHO));
        StoreName drawn = trial.draw(STORE);
        StoreName store = who.equals(Who.FUNCTION) ? StoreName.SHARED_KV_STORE : drawn;
        if (withTime && !store.isKeyValue()) {
            store = StoreName.KV_STORE;
        }
        String key = keys[trial.draw(KEY)];
        Place place = trial.by(who, store);
        Spot spot = new Spot(partition(who, store), store, key);
        Call call = withTtl(store.isKeyValue() ? keyValueCall(store, key) : baseCall(store, key));
        if (!isCertain(spot)) {
            return;
        }
        Belief before = belief(spot, place);
        Expected expected;
        try {
            expected = Reference.apply(before.state(), call);
        } catch (Unspecified left) {
            trial.count("model: left out, " + left.getMessage());
            return;
        }
        if (withTime && before.due() > 0 && !call.isRead() && !keepsOrSetsExpiry(call)) {
            return;
        }
        Heard heard = place.call(call);
        trial.count("model: " + call.operation() + (heard.answer().isRefused() ? " refused" : ""));
        if (!expected.accepts(heard.answer())) {
            String clause = before.clause().equals("TTL-2") ? "TTL-2" : expected.clause();
            throw trial.broken(
                    call.isRead() ? blame(spot, before, heard, clause) : clause,
                    heard + "; due was " + expected.words() + ".",
                    heard);
        }
        if (!call.isRead() && !heard.answer().isRefused()) {
            beliefs.put(spot, new Belief(expected.after(), due(before, call), expected.written(), place));
        } else {
            beliefs.put(spot, new Belief(before.state(), before.due(), expectedClause(before, heard, expected), place));
        }
        if (trial.draw(LOOK)) {
            look(spot);
        }
    }

    /** After a refusal it is the refusing operation that must not have written. */
    private static String expectedClause(Belief before, Heard heard, Expected expected) {
        return heard.answer().isRefused() ? expected.written() : before.clause();
    }

    private static String partition(Who who, StoreName store) {
        boolean stranger = who.equals(Who.STRANGER);
        return store == StoreName.SHARED_KV_STORE ? (stranger ? "another app" : "the app") : who.label();
    }

    /** False from a second before a record is due until two seconds after it: nobody has to say then (TTL-3). */
    private boolean isCertain(Spot spot) {
        Belief belief = beliefs.get(spot);
        return belief == null || belief.due() == 0 || now <= belief.due() - 1 || now >= belief.due() + 2;
    }

    private Belief belief(Spot spot, Place place) {
        Belief belief = beliefs.get(spot);
        if (belief == null) {
            return new Belief(RecordState.MISSING, 0, "GET-1", place);
        }
        return belief.due() > 0 && now >= belief.due() + 2
                ? new Belief(RecordState.MISSING, 0, "TTL-2", place)
                : belief;
    }

    /** Reads the record and compares all of it. */
    private void look(Spot spot) {
        Belief known = beliefs.get(spot);
        if (known == null || !isCertain(spot)) {
            return;
        }
        Belief belief = belief(spot, known.place());
        Expected expected = Reference.apply(belief.state(), Call.of(spot.store(), "get", "key", spot.key()));
        Heard heard = belief.place().get(spot.key());
        if (!expected.accepts(heard.answer())) {
            String clause = blame(spot, belief, heard, belief.clause());
            throw trial.broken(clause, heard + "; due was " + expected.words() + ".", heard);
        }
        if (withTime && belief.due() > 0) {
            heard.by("TTL-1").hasTtl(belief.due() - now, belief.due() - now);
        } else if (withTime) {
            heard.by("TTL-4").hasNoTtl();
        }
    }

    /** What another partition holds is a leak, whatever else it may be. */
    private String blame(Spot spot, Belief belief, Heard heard, String otherwise) {
        for (Map.Entry<Spot, Belief> other : beliefs.entrySet()) {
            boolean leaked = !other.getKey().equals(spot)
                    && other.getKey().key().equals(spot.key())
                    && !other.getValue().state().hash().isEmpty()
                    && !Values.same(
                            other.getValue().state().hash(), belief.state().hash())
                    && Values.same(other.getValue().state().hash(), heard.result());
            if (leaked) {
                return spot.store() == StoreName.SHARED_KV_STORE ? "INST-2" : "INST-1";
            }
        }
        return otherwise;
    }

    private long due(Belief before, Call call) {
        if (call.operation().equals("delete") && !call.has("fields")) {
            return 0;
        }
        if (call.argument("ttl") instanceof Number ttl) {
            return now + ttl.longValue();
        }
        return call.operation().equals("put") || call.has("ttl") ? 0 : before.due();
    }

    private static boolean keepsOrSetsExpiry(Call call) {
        return call.operation().matches("put|patch|increment|incrementMulti")
                || (call.operation().equals("delete") && !call.has("fields"));
    }

    private Call withTtl(Call call) {
        if (!withTime || !call.operation().matches("put|patch|increment|incrementMulti")) {
            return call;
        }
        int ttl = trial.draw(TTL);
        return ttl == 0 ? call : call.with("ttl", ttl < 0 ? null : (Object) ttl);
    }

    private Call baseCall(StoreName store, String key) {
        List<String> operations = List.of("get", "put", "patch", "delete", "exists", "get fields", "delete fields");
        return recordCall(store, key, operations.get(trial.draw(BASE_OPERATIONS)));
    }

    private Call keyValueCall(StoreName store, String key) {
        String operation = trial.draw(OPERATIONS);
        String field = trial.draw(FIELD);
        return switch (operation) {
            case "increment" ->
                Call.of(store, operation, "key", key, "field", field, "amount", trial.draw(Some.AMOUNT));
            case "incrementMulti" ->
                Call.of(store, operation, "key", key, "amounts", Values.hash(field, trial.draw(Some.AMOUNT), "b", 1));
            case "append", "unshift" ->
                Call.of(store, operation, "key", key, "field", field, "value", trial.draw(Some.PLAIN_VALUE));
            case "appendMulti", "unshiftMulti" ->
                Call.of(
                        store,
                        operation,
                        "key",
                        key,
                        "values",
                        Values.hash(field, trial.draw(Some.LIST), "c", Values.list(1)));
            case "shift", "peek" -> Call.of(store, operation, "key", key, "field", field);
            case "shiftMulti", "peekMulti" ->
                Call.of(store, operation, "key", key, "counts", Values.hash(field, trial.draw(COUNT), "c", 1));
            case "add", "remove", "has" -> {
                SetValue.Kind kind = trial.draw(LOOK) ? SetValue.Kind.STRING : SetValue.Kind.NUMBER;
                yield Call.of(store, operation + kind.label(), "key", key, "field", field, "value", member(kind));
            }
            case "addMulti", "removeMulti", "hasMulti" -> {
                SetValue.Kind kind = trial.draw(LOOK) ? SetValue.Kind.STRING : SetValue.Kind.NUMBER;
                yield Call.of(
                        store,
                        operation.replace("Multi", kind.label() + "Multi"),
                        "key",
                        key,
                        "values",
                        Values.hash(field, Values.list(member(kind), member(kind)), "b", Values.list(member(kind))));
            }
            default -> recordCall(store, key, operation);
        };
    }

    private Object member(SetValue.Kind kind) {
        int member = trial.draw(COUNT);
        return kind == SetValue.Kind.NUMBER
                ? (Object) member
                : List.of("", "a", "1", "b").get(member);
    }

    private Call recordCall(StoreName store, String key, String operation) {
        return switch (operation) {
            case "put", "patch" -> Call.of(store, operation, "key", key, "value", record(store));
            case "get fields" -> Call.of(store, "get", "key", key, "fields", Values.list(trial.draw(FIELD), "b"));
            case "delete fields" -> Call.of(store, "delete", "key", key, "fields", Values.list(trial.draw(FIELD), "z"));
            default -> Call.of(store, operation, "key", key);
        };
    }

    private Map<String, @Nullable Object> record(StoreName store) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i <= trial.draw(KEY); i++) {
            record.put(trial.draw(FIELD), value(store));
        }
        return record;
    }

    /** Often a list, a number or a set, so that the operations on them meet both right and wrong types. */
    private @Nullable Object value(StoreName store) {
        int type = trial.draw(TYPE);
        return switch (type) {
            case 0, 1 -> trial.draw(Some.AMOUNT);
            case 2, 3 -> trial.draw(Some.LIST);
            case 4 -> store.isKeyValue() ? SetValue.numbers(trial.draw(COUNT)) : (Object) 4;
            case 5 -> store.isKeyValue() ? SetValue.strings("a", "") : (Object) "";
            case 6 -> Objects.requireNonNull(Values.list());
            default -> trial.draw(Some.VALUE);
        };
    }
}
