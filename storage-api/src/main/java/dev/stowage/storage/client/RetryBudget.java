package dev.stowage.storage.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an updater's rounds go on, and how long to wait between two of them. Time and waiting come in through two
 * methods, so that a test of the limit need not wait for it.
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

    /** Full jitter: anything up to a bound that doubles with every lost round, so that writers drift apart. */
    void pauseAfter(int lostRounds) {
        long bound = Math.min(LONGEST_WAIT_NANOS, FIRST_WAIT_NANOS << Math.min(lostRounds, 20));
        pause(ThreadLocalRandom.current().nextLong(bound));
    }
}
