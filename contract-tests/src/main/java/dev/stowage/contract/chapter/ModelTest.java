package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.model.UnspecifiedException;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model test: random calls by several installs and apps on few keys of all stores. Every response and every record is compared with the reference model. Time advances in between if the backend supports it.
 */
final class ModelTest {

    private static final Generator<String> OPERATIONS = Generator.of(
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
    private static final Generator<Integer> BASE_OPERATIONS = Generator.integers(0, 6);
    private static final Generator<Integer> WHO = Generator.of(0, 0, 0, 1, 2, 3);
    private static final Generator<StoreName> STORE = Generator.of(
            StoreName.KV_STORE, StoreName.KV_STORE, StoreName.SHARED_KV_STORE, StoreName.SETTINGS, StoreName.SECRETS);
    private static final Generator<Integer> KEY = Generator.integers(0, 1);
    private static final Generator<Integer> TYPE = Generator.integers(0, 9);
    private static final Generator<Integer> COUNT = Generator.integers(0, 3);
    private static final Generator<String> FIELD = Generator.of("a", "b", "c");
    private static final Generator<Integer> TTL = Generator.of(0, 0, 10, 5, 60, -1);
    private static final Generator<Integer> PAUSE = Generator.of(0, 0, 0, 2, 7, 13, 62);
    private static final Generator<Boolean> LOOK = Generator.of(false, true);

    /** A key of a store in one partition. */
    private record RecordLocation(String partition, StoreName store, String key) {}

    /**
     * The expected state of a record.
     *
     * @param expiresAt when it expires, in seconds of this trial; 0 for never
     * @param clause the clause that is broken if a read shows another record
     */
    private record ModelState(RecordState state, long expiresAt, String clause, StoreClient client) {}

    private final Trial trial;
    private final boolean withTime;
    private final boolean ownKeys;
    private final List<Principal> principals = new ArrayList<>();
    private final String[] keys;
    private final Map<String, String> keysByRecord = new LinkedHashMap<>();
    private final Map<RecordLocation, ModelState> modelStates = new LinkedHashMap<>();
    private final Trial.Mark start;
    private long now;

    ModelTest(Trial trial, boolean withTime) {
        this(trial, withTime, false);
    }

    /** Without time, with a separate key for each record, so that a counterexample has the calls of that record only. */
    static ModelTest ofManyRecords(Trial trial) {
        return new ModelTest(trial, false, true);
    }

    private ModelTest(Trial trial, boolean withTime, boolean ownKeys) {
        this.trial = trial;
        this.withTime = withTime;
        this.ownKeys = ownKeys;
        this.keys = new String[] {trial.key(), trial.key()};
        this.start = trial.mark();
        principals.add(Principal.INSTALL);
        for (Principal principal : List.of(Principal.SIBLING, Principal.STRANGER, Principal.FUNCTION)) {
            // Another app has a separate clock, which does not advance with this one.
            boolean ages = withTime && principal.equals(Principal.STRANGER);
            principals.add(!ages && reachable(principal) ? principal : Principal.INSTALL);
        }
    }

    private boolean reachable(Principal principal) {
        try {
            trial.storeAs(principal, StoreName.SHARED_KV_STORE);
            return true;
        } catch (dev.stowage.contract.call.NotCheckableException none) {
            return false;
        }
    }

    void run(int length) {
        trial.runSteps(length, this::step);
        List.copyOf(modelStates.keySet()).forEach(this::verifyRecord);
    }

    private void step() {
        if (withTime) {
            int pause = trial.draw(PAUSE);
            if (pause > 0) {
                now += pause;
                trial.advanceTo(start, now);
            }
        }
        Principal principal = principals.get(trial.draw(WHO));
        StoreName drawn = trial.draw(STORE);
        StoreName store = principal.equals(Principal.FUNCTION) ? StoreName.SHARED_KV_STORE : drawn;
        if (withTime && !store.isKeyValue()) {
            store = StoreName.KV_STORE;
        }
        String key = key(partition(principal, store), store, trial.draw(KEY));
        StoreClient client = trial.storeAs(principal, store);
        RecordLocation location = new RecordLocation(partition(principal, store), store, key);
        Call call = withTtl(store.isKeyValue() ? keyValueCall(store, key) : baseCall(store, key));
        if (!isCertain(location) || !trial.isImplemented(call)) {
            return;
        }
        ModelState before = modelStateOf(location, client);
        ExpectedResponse expected;
        try {
            expected = ReferenceModel.apply(before.state(), call);
        } catch (UnspecifiedException left) {
            trial.count("model: left out, " + left.getMessage());
            return;
        }
        if (withTime && before.expiresAt() > 0 && !call.isRead() && !keepsOrSetsExpiry(call)) {
            return;
        }
        ResponseAssert response = client.call(call);
        trial.count("model: " + call.operation() + (response.actual().isRefused() ? " refused" : ""));
        if (!expected.accepts(response.actual())) {
            String clause = before.clause().equals("TTL-2") ? "TTL-2" : expected.clause();
            String brokenClause = call.isRead() ? brokenClause(location, before, response, clause) : clause;
            throw response.forClause(brokenClause).violation(expected.description());
        }
        if (!call.isRead() && !response.actual().isRefused()) {
            modelStates.put(
                    location,
                    new ModelState(expected.after(), expiryAfter(before, call), expected.writeClause(), client));
        } else {
            modelStates.put(
                    location,
                    new ModelState(
                            before.state(), before.expiresAt(), expectedClause(before, response, expected), client));
        }
        if (!ownKeys && trial.draw(LOOK)) {
            verifyRecord(location);
        }
    }

    private String key(String partition, StoreName store, int choice) {
        return ownKeys ? keysByRecord.computeIfAbsent(partition + store + choice, record -> trial.key()) : keys[choice];
    }

    /** Reads every record after something that must not have changed any. A difference breaks this clause. */
    void verifyUnchanged(String clause) {
        modelStates.forEach((location, modelState) -> {
            ExpectedResponse expected =
                    ReferenceModel.apply(modelState.state(), Call.of(location.store(), "get", "key", location.key()));
            ResponseAssert response = modelState.client().get(location.key()).forClause(clause);
            if (!expected.accepts(response.actual())) {
                throw response.violation(expected.description());
            }
            if (modelState.state().isMissing()) {
                modelState.client().exists(location.key()).forClause(clause).hasResult(false);
            }
        });
    }

    /** After a refusal the clause is that of the refusing operation, which must not have written. */
    private static String expectedClause(ModelState before, ResponseAssert response, ExpectedResponse expected) {
        return response.actual().isRefused() ? expected.writeClause() : before.clause();
    }

    private static String partition(Principal principal, StoreName store) {
        boolean stranger = principal.equals(Principal.STRANGER);
        return store == StoreName.SHARED_KV_STORE ? (stranger ? "another app" : "the app") : principal.label();
    }

    /** False from one second before a record expires until two seconds after: its state is unspecified then (TTL-3). */
    private boolean isCertain(RecordLocation location) {
        ModelState modelState = modelStates.get(location);
        return modelState == null
                || modelState.expiresAt() == 0
                || now <= modelState.expiresAt() - 1
                || now >= modelState.expiresAt() + 2;
    }

    private ModelState modelStateOf(RecordLocation location, StoreClient client) {
        ModelState modelState = modelStates.get(location);
        if (modelState == null) {
            return new ModelState(RecordState.MISSING, 0, "GET-1", client);
        }
        return modelState.expiresAt() > 0 && now >= modelState.expiresAt() + 2
                ? new ModelState(RecordState.MISSING, 0, "TTL-2", client)
                : modelState;
    }

    /** Reads the whole record and compares it. */
    private void verifyRecord(RecordLocation location) {
        ModelState known = modelStates.get(location);
        if (known == null || !isCertain(location)) {
            return;
        }
        ModelState modelState = modelStateOf(location, known.client());
        ExpectedResponse expected =
                ReferenceModel.apply(modelState.state(), Call.of(location.store(), "get", "key", location.key()));
        ResponseAssert response = modelState.client().get(location.key());
        if (!expected.accepts(response.actual())) {
            String clause = brokenClause(location, modelState, response, modelState.clause());
            throw response.forClause(clause).violation(expected.description());
        }
        if (withTime && modelState.expiresAt() > 0) {
            response.forClause("TTL-1").hasTtlBetween(modelState.expiresAt() - now, modelState.expiresAt() - now);
        } else if (withTime) {
            response.forClause("TTL-4").hasNoTtl();
        }
    }

    /** The clause that a read breaks: a record of another partition is a leak (INST-1, INST-2). */
    private String brokenClause(
            RecordLocation location, ModelState modelState, ResponseAssert response, String otherwise) {
        for (Map.Entry<RecordLocation, ModelState> other : modelStates.entrySet()) {
            boolean leaked = !other.getKey().equals(location)
                    && other.getKey().key().equals(location.key())
                    && !other.getValue().state().hash().isEmpty()
                    && !SuiteValues.areEqual(
                            other.getValue().state().hash(), modelState.state().hash())
                    && SuiteValues.areEqual(other.getValue().state().hash(), response.result());
            if (leaked) {
                return location.store() == StoreName.SHARED_KV_STORE ? "INST-2" : "INST-1";
            }
        }
        return otherwise;
    }

    private long expiryAfter(ModelState before, Call call) {
        if (call.operation().equals("delete") && !call.has("fields")) {
            return 0;
        }
        if (call.argument("ttl") instanceof Number ttl) {
            return now + ttl.longValue();
        }
        return call.operation().equals("put") || call.has("ttl") ? 0 : before.expiresAt();
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
                Call.of(store, operation, "key", key, "field", field, "amount", trial.draw(Generators.AMOUNT));
            case "incrementMulti" ->
                Call.of(
                        store,
                        operation,
                        "key",
                        key,
                        "amounts",
                        SuiteValues.hash(field, trial.draw(Generators.AMOUNT), "b", 1));
            case "append", "unshift" ->
                Call.of(store, operation, "key", key, "field", field, "value", trial.draw(Generators.PLAIN_VALUE));
            case "appendMulti", "unshiftMulti" ->
                Call.of(
                        store,
                        operation,
                        "key",
                        key,
                        "values",
                        SuiteValues.hash(field, trial.draw(Generators.LIST), "c", SuiteValues.list(1)));
            case "shift", "peek" -> Call.of(store, operation, "key", key, "field", field);
            case "shiftMulti", "peekMulti" ->
                Call.of(store, operation, "key", key, "counts", SuiteValues.hash(field, trial.draw(COUNT), "c", 1));
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
                        SuiteValues.hash(
                                field,
                                SuiteValues.list(member(kind), member(kind)),
                                "b",
                                SuiteValues.list(member(kind))));
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
            case "get fields" -> Call.of(store, "get", "key", key, "fields", SuiteValues.list(trial.draw(FIELD), "b"));
            case "delete fields" ->
                Call.of(store, "delete", "key", key, "fields", SuiteValues.list(trial.draw(FIELD), "z"));
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

    /** Often a list, a number or a set, so that operations get both right and wrong types. */
    private @Nullable Object value(StoreName store) {
        int type = trial.draw(TYPE);
        return switch (type) {
            case 0, 1 -> trial.draw(Generators.AMOUNT);
            case 2, 3 -> trial.draw(Generators.LIST);
            case 4 -> store.isKeyValue() ? SetValue.numbers(trial.draw(COUNT)) : (Object) 4;
            case 5 -> store.isKeyValue() ? SetValue.strings("a", "") : (Object) "";
            case 6 -> Objects.requireNonNull(SuiteValues.list());
            default -> trial.draw(Generators.VALUE);
        };
    }
}
