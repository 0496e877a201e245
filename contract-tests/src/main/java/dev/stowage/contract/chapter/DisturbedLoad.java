package dev.stowage.contract.chapter;

import dev.stowage.contract.call.StartBarrier;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.history.Disturbance;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.contract.property.WallClock;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Disturbs the backend several times, each time after a random number of responses, under a {@link MixedLoad} and while histories go on, and judges what is there afterwards. The clients go on after a lost response.
 */
final class DisturbedLoad {

    /** The longest that a client waited, with or without a response. */
    private static final String SLOWEST = "slowest call while disturbed (ms)";

    private static final int READERS = 2;
    /** Each client makes one call in this time, so that a long disturbance does not make too many of them. */
    private static final long NANOS_A_ROUND = 2_000_000L;
    /** A client that lost a response waits before its next call, as a client of a service that restarts does. */
    private static final long NANOS_AFTER_LOSS = 50_000_000L;

    private static final int MOST_ROUNDS = 50_000;
    private static final long MOST_SECONDS = 15;
    private static final Generator<Integer> NUMBERS = Generator.integers(0, 9_999);
    private static final Generator<Integer> DISTURBANCES = Generator.integers(1, 3);
    private static final Generator<Integer> RESPONSES = Generator.integers(20, 400);

    private final Trial trial;
    private final int group;
    private final List<Planned> plan = new ArrayList<>();
    private final MixedLoad load;
    private final DisturbedHistories histories;
    private final Semaphore responses = new Semaphore(0);
    private final List<Disturbance> disturbances = new ArrayList<>();
    private volatile boolean stopped;

    /** A disturbance after so many responses. */
    private record Planned(int responses, int number) {}

    DisturbedLoad(Trial trial, StoreName store) {
        this.trial = trial;
        StoreClient first = trial.store(store);
        List<Integer> choices = MixedLoad.drawChoices(trial);
        int count = trial.draw(DISTURBANCES);
        for (int i = 0; i < count; i++) {
            plan.add(new Planned(trial.draw(RESPONSES), trial.draw(NUMBERS)));
        }
        this.group = trial.newGroup();
        this.load = new MixedLoad(trial, first, choices, group, "the last disturbance was over");
        this.histories = new DisturbedHistories(trial, first, choices);
    }

    void run() {
        List<Supplier<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < MixedLoad.WRITERS; i++) {
            int writer = i;
            callers.add(() -> repeat(round -> load.write(writer, round)));
        }
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            callers.add(() -> repeat(round -> load.read(reader, round)));
        }
        for (int i = 0; i < DisturbedHistories.CLIENTS; i++) {
            int client = i;
            callers.add(() -> repeat(round -> histories.call(client, round, group)));
        }
        callers.add(this::disturb);
        trial.concurrently(callers);
        load.judge();
        histories.judge(disturbances);
    }

    private boolean disturb() {
        StartBarrier.awaitOthers();
        try {
            for (Planned next : plan) {
                responses.drainPermits();
                if (!responses.tryAcquire(next.responses(), MOST_SECONDS, TimeUnit.SECONDS)) {
                    trial.count("disturbed before the load was reached");
                }
                long began = System.nanoTime();
                trial.disturb(next.number());
                disturbances.add(new Disturbance("disturbance " + next.number(), began, System.nanoTime()));
            }
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
        long start = WallClock.nanoTime();
        for (int round = 0; round < MOST_ROUNDS && !stopped; round++) {
            long called = WallClock.nanoTime();
            boolean responded = caller.run(round);
            trial.highest(SLOWEST, TimeUnit.NANOSECONDS.toMillis(WallClock.nanoTime() - called));
            if (responded) {
                responses.release();
                WallClock.sleepUntil(start + round * NANOS_A_ROUND);
            } else {
                WallClock.sleepUntil(WallClock.nanoTime() + NANOS_AFTER_LOSS);
            }
        }
        return true;
    }
}
