package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.history.CallEvent;
import dev.stowage.contract.history.Disturbance;
import dev.stowage.contract.history.LinearizabilityChecker;
import dev.stowage.contract.history.LinearizabilityChecker.Judgement;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Histories of mixed calls of several clients while the backend is disturbed, each on one of two new keys, and each linearizable. */
final class DisturbedHistories {

    static final int CLIENTS = 3;

    /** A history is short, because the calls whose responses are lost can have happened at any time after. */
    private static final int CALLS_EACH = 10;

    private final Trial trial;
    private final StoreClient firstClient;
    private final StoreClient otherClient;
    private final List<Integer> choices;
    private final Map<Integer, List<String>> keys = new ConcurrentHashMap<>();
    private final Map<String, Queue<CallEvent>> histories = new ConcurrentHashMap<>();

    /** @param choices random numbers that determine the calls */
    DisturbedHistories(Trial trial, StoreClient firstClient, List<Integer> choices) {
        this.trial = trial;
        this.firstClient = firstClient;
        this.otherClient = OperationCatalog.fromSiblingInstall(firstClient);
        this.choices = List.copyOf(choices);
    }

    /** Makes a call of this client. False if its response was lost. */
    boolean call(int client, int round, int group) {
        int choice = choices.get((client * 23 + round) % choices.size());
        String key = keys.computeIfAbsent(round / CALLS_EACH, part -> List.of(trial.key(), trial.key()))
                .get(choice / 100 % 2);
        Call call = ConcurrentHistories.call(firstClient.store(), key, choice + round, client * 100_000 + round);
        return record(client, client % 2 == 0 ? firstClient : otherClient, call, group);
    }

    private boolean record(int client, StoreClient caller, Call call, int group) {
        long called = System.nanoTime();
        ResponseAssert response = MixedLoad.respond(() -> caller.call(call, group));
        long returned = System.nanoTime();
        histories
                .computeIfAbsent(call.key(), key -> new ConcurrentLinkedQueue<>())
                .add(new CallEvent(client, call, response == null ? null : response.actual(), called, returned));
        return response != null;
    }

    /** Reads each record in the end, and judges its history. */
    void judge(List<Disturbance> disturbances) {
        for (String key : List.copyOf(histories.keySet())) {
            record(CLIENTS, otherClient, Call.of(firstClient.store(), "get", "key", key), 0);
            List<CallEvent> history = new ArrayList<>(histories.getOrDefault(key, new ConcurrentLinkedQueue<>()));
            Judgement judgement =
                    LinearizabilityChecker.check(history, RecordState.MISSING).judgement();
            trial.count("history: " + judgement);
            if (judgement == Judgement.ILLEGAL) {
                throw HistoryViolation.of(trial, "LIN-1", key, history, disturbances);
            }
        }
    }
}
