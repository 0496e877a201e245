package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.history.CallEvent;
import dev.stowage.contract.history.LinearizabilityChecker;
import dev.stowage.contract.history.LinearizabilityChecker.Judgement;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes mixed calls of several clients on two keys concurrently, and checks that the history of each key is linearizable. If one is not, pairs of its calls are repeated until a history of four calls shows the same.
 */
final class ConcurrentHistories {

    private static final Generator<Integer> ANY = Generator.integers(0, 9_999);
    private static final int CLIENTS = 4;
    private static final int CALLS_EACH = 7;
    private static final int MOST_PAIRS = 900;

    private final Trial trial;
    private final StoreClient firstClient;
    private final StoreClient otherClient;

    ConcurrentHistories(Trial trial, StoreClient firstClient) {
        this.trial = trial;
        this.firstClient = firstClient;
        this.otherClient = OperationCatalog.fromSiblingInstall(firstClient);
    }

    void run() {
        List<String> keys = List.of(trial.key(), trial.key());
        List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
        List<List<Call>> plans = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < CALLS_EACH; i++) {
                String key = keys.get(trial.draw(ANY) % 3 == 0 ? 1 : 0);
                calls.add(call(firstClient.store(), key, trial.draw(ANY), client * 100 + i));
            }
            plans.add(calls);
        }
        atOnce(events, plans);
        for (String key : keys) {
            record(events, CLIENTS, firstClient, Call.of(firstClient.store(), "get", "key", key), 0);
        }
        for (String key : keys) {
            List<CallEvent> history = events.stream()
                    .filter(event -> event.call().key().equals(key))
                    .toList();
            try {
                judge(key, history);
            } catch (ClauseViolation large) {
                throw smallest(history, large);
            }
        }
    }

    private void atOnce(List<CallEvent> events, List<List<Call>> plans) {
        int group = trial.newGroup();
        List<Supplier<ResponseAssert>> clients = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            int clientNumber = i;
            StoreClient client = clientNumber % 2 == 0 ? firstClient : otherClient;
            List<Call> calls = plans.get(clientNumber);
            clients.add(() -> {
                ResponseAssert last = null;
                for (Call call : calls) {
                    last = record(events, clientNumber, client, call, group);
                }
                return Objects.requireNonNull(last);
            });
        }
        trial.concurrently(clients);
    }

    private static ResponseAssert record(
            List<CallEvent> events, int clientNumber, StoreClient client, Call call, int group) {
        long called = System.nanoTime();
        try {
            ResponseAssert response = client.call(call, group);
            events.add(new CallEvent(clientNumber, call, response.actual(), called, System.nanoTime()));
            return response;
        } catch (NoResponseException lost) {
            events.add(new CallEvent(clientNumber, call, null, called, System.nanoTime()));
            throw lost;
        }
    }

    private void judge(String key, List<CallEvent> history) {
        LinearizabilityChecker.Result result = LinearizabilityChecker.check(history, RecordState.MISSING);
        trial.count("history: " + result.judgement());
        if (result.judgement() == Judgement.ILLEGAL) {
            throw HistoryViolation.of(trial, "LIN-1", key, history);
        }
    }

    /** Repeats two of the calls concurrently, on a record or on none, followed by a read. Pairs that were close to each other come first. */
    private ClauseViolation smallest(List<CallEvent> history, ClauseViolation large) {
        List<List<Call>> pairs = pairs(history);
        if (pairs.isEmpty()) {
            return large;
        }
        return RaceShrinker.shrink(large, MOST_PAIRS, i -> ofTwo(pairs.get(i / 3 % pairs.size()), i % 3));
    }

    private static List<List<Call>> pairs(List<CallEvent> history) {
        List<List<Call>> pairs = new ArrayList<>();
        for (int apart = 1; apart < history.size(); apart++) {
            for (int i = 0; i + apart < history.size(); i++) {
                Call one = history.get(i).call();
                Call two = history.get(i + apart).call();
                if (!one.isRead() || !two.isRead()) {
                    pairs.add(List.of(one, two));
                }
            }
        }
        return pairs;
    }

    private void ofTwo(List<Call> pair, int start) {
        String key = trial.key();
        List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
        if (start > 0) {
            Call given = Call.of(firstClient.store(), "put", "key", key, "value", start == 1 ? few() : many());
            record(events, pair.size(), firstClient, given, 0);
        }
        atOnce(events, pair.stream().map(call -> List.of(call.with("key", key))).toList());
        record(events, pair.size(), firstClient, Call.of(firstClient.store(), "get", "key", key), 0);
        judge(key, events);
    }

    private Map<String, @Nullable Object> few() {
        return firstClient.isKeyValue() ? SuiteValues.hash("q", 1, "l", SuiteValues.list(1)) : SuiteValues.hash("q", 1);
    }

    private Map<String, @Nullable Object> many() {
        return firstClient.isKeyValue()
                ? SuiteValues.hash("p", 1, "q", 1, "n", 1, "l", SuiteValues.list(1, 2), "s", SetValue.numbers(1))
                : SuiteValues.hash("p", 1, "q", 1);
    }

    /** One of the calls of a history, on this key. */
    static Call call(StoreName store, String key, int choice, int value) {
        int kinds = store.isKeyValue() ? 14 : 6;
        return switch (choice % kinds) {
            case 0 -> Call.of(store, "put", "key", key, "value", SuiteValues.hash("p", value));
            case 1 -> Call.of(store, "patch", "key", key, "value", SuiteValues.hash("q", value));
            case 2, 6 -> Call.of(store, "get", "key", key);
            case 3 -> Call.of(store, "exists", "key", key);
            case 4 -> Call.of(store, "delete", "key", key);
            case 5 -> Call.of(store, "delete", "key", key, "fields", List.of("q"));
            case 7, 8 -> Call.of(store, "increment", "key", key, "field", "n");
            case 9 -> Call.of(store, "append", "key", key, "field", "l", "value", value);
            case 10 -> Call.of(store, "shift", "key", key, "field", "l");
            case 11 -> Call.of(store, "addNumber", "key", key, "field", "s", "value", value % 3);
            case 12 -> Call.of(store, "hasNumber", "key", key, "field", "s", "value", value % 3);
            default -> Call.of(store, "get", "key", key, "fields", List.of("n", "p"));
        };
    }
}
