package dev.stowage.storage.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The time limit of a patch with an updater, and the pauses between its rounds. Tests override {@link #nanoTime} and
 * {@link #pause}.
 */
class RetryBudget {

    private static final long FIRST_WAIT_NANOS = 200_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    private final Duration limit;

    RetryBudget(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    long nanoTime() {
        return System.nanoTime();
    }

    void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Pauses for a random time below a bound that doubles each round (full jitter), so that writers get out of step. */
    void pauseAfter(int lostRounds) {
        long bound = Math.min(LONGEST_WAIT_NANOS, FIRST_WAIT_NANOS << Math.min(lostRounds, 20));
        pause(ThreadLocalRandom.current().nextLong(bound));
    }
}
