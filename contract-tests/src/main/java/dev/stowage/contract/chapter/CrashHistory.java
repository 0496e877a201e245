package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.history.CallEvent;
import dev.stowage.contract.history.LinearizabilityChecker;
import dev.stowage.contract.history.LinearizabilityChecker.Judgement;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** A history of mixed calls on two keys that goes on over the restart, and that must be linearizable as a whole. */
final class CrashHistory {

    static final int CLIENTS = 3;
    private static final int CALLS_AFTER = 4;

    private final Trial trial;
    private final StoreClient firstClient;
    private final StoreClient otherClient;
    private final List<Integer> choices;
    private final List<String> keys;
    private final List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
    private volatile long killed = Long.MAX_VALUE;

    /** @param choices random numbers that determine the calls */
    CrashHistory(Trial trial, StoreClient firstClient, List<Integer> choices) {
        this.trial = trial;
        this.firstClient = firstClient;
        this.otherClient = OperationCatalog.fromSiblingInstall(firstClient);
        this.choices = List.copyOf(choices);
        this.keys = List.of(trial.key(), trial.key());
    }

    /** Records that the backend is killed from now on. */
    void markKill() {
        killed = System.nanoTime();
    }

    /** True if this call of this client changes nothing. */
    boolean isRead(int client, int round) {
        return plan(client, round).isRead();
    }

    private Call plan(int client, int round) {
        int choice = choices.get((client * 23 + round) % choices.size());
        return ConcurrentHistories.call(
                firstClient.store(), keys.get(choice / 100 % 2), choice + round, client * 10_000 + round);
    }

    /** Makes a call of this client. False if its response was lost. */
    boolean call(int client, int round, int group) {
        return record(client, plan(client, round), group);
    }

    private boolean record(int client, Call call, int group) {
        StoreClient caller = client % 2 == 0 ? firstClient : otherClient;
        long called = System.nanoTime();
        ResponseAssert response = MixedLoad.respond(() -> caller.call(call, group));
        long returned = System.nanoTime();
        events.add(new CallEvent(client, call, response == null ? null : response.actual(), called, returned));
        return response != null;
    }

    /** The clients go on after the start, and then one reads both records. */
    void callAfterTheStart(int group) {
        List<Supplier<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(() -> {
                boolean responded = true;
                for (int round = 0; round < CALLS_AFTER; round++) {
                    responded &= call(client, 9_000 + round, group);
                }
                return responded;
            });
        }
        for (String key : keys) {
            record(CLIENTS, Call.of(firstClient.store(), "get", "key", key), 0);
        }
        trial.concurrently(clients);
        for (String key : keys) {
            record(CLIENTS, Call.of(firstClient.store(), "get", "key", key), 0);
        }
    }

    void judge() {
        for (String key : keys) {
            List<CallEvent> history = events.stream()
                    .filter(event -> event.call().key().equals(key))
                    .toList();
            Judgement judgement = judge(history);
            trial.count("history: " + judgement);
            if (judgement == Judgement.ILLEGAL) {
                throw HistoryViolation.of(trial, clause(history), key, history);
            }
        }
    }

    private static Judgement judge(List<CallEvent> history) {
        return LinearizabilityChecker.check(history, RecordState.MISSING).judgement();
    }

    /** LIN-1 if the restart is not to blame; DUR-1 if an answered write is lost; DUR-2 if only a read shows that something was taken back. */
    private String clause(List<CallEvent> history) {
        List<CallEvent> untilKilled = new ArrayList<>();
        List<CallEvent> withoutReads = new ArrayList<>();
        for (CallEvent event : history) {
            boolean endedBefore = event.response() != null && event.returned() < killed;
            if (event.called() < killed) {
                untilKilled.add(endedBefore ? event : withoutResponse(event));
            }
            if (!endedBefore || !event.call().isRead()) {
                withoutReads.add(event);
            }
        }
        return judge(untilKilled) == Judgement.ILLEGAL
                ? "LIN-1"
                : judge(withoutReads) == Judgement.ILLEGAL ? "DUR-1" : "DUR-2";
    }

    private static CallEvent withoutResponse(CallEvent event) {
        return new CallEvent(
                event.client(), Objects.requireNonNull(event.call()), null, event.called(), event.called());
    }
}
