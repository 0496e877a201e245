package dev.stowage.contract.chapter;

import dev.stowage.contract.call.StartBarrier;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Kills the backend under a {@link MixedLoad} and while the clients of a history call it, after a random number of responses, and judges what is there after the start. Each client stops at its first lost response.
 */
final class CrashLoad {

    private static final int READERS = 3;
    private static final int MOST_ROUNDS = 4_000;
    private static final long MOST_SECONDS = 15;
    private static final Generator<Integer> RESPONSES = Generator.integers(20, 250);

    private final Trial trial;
    private final CountDownLatch responses;
    private final int group;
    private final CrashHistory history;
    private final MixedLoad load;
    private volatile boolean stopped;

    CrashLoad(Trial trial, StoreName store) {
        this.trial = trial;
        StoreClient first = trial.store(store);
        List<Integer> choices = MixedLoad.drawChoices(trial);
        this.responses = new CountDownLatch(trial.draw(RESPONSES));
        this.group = trial.newGroup();
        this.history = new CrashHistory(trial, first, choices);
        this.load = new MixedLoad(trial, first, choices, group, "the service was killed");
    }

    void run() {
        List<Supplier<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < MixedLoad.WRITERS; i++) {
            int writer = i;
            callers.add(() -> repeat(round -> countResponse(load.write(writer, round))));
        }
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            callers.add(() -> repeat(round -> load.read(reader, round)));
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
        load.judge();
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
}
