package dev.stowage.storage.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets what this process does to one record come one after another, so that its threads don't repeat each other's work. Nothing depends
 * on it: who has waited long goes on without its turn, and the record's version decides, as it does between processes.
 */
final class RecordLanes {

    private static final int LANES = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final ReentrantLock[] lanes = new ReentrantLock[LANES];
    private final Duration longestWait;

    RecordLanes() {
        this(LONGEST_WAIT);
    }

    RecordLanes(Duration longestWait) {
        this.longestWait = longestWait;
        Arrays.setAll(lanes, lane -> new ReentrantLock(true));
    }

    /**
     * Does something when it is its turn. It can be called again from within.
     *
     * @param record names the record; equal names have one lane
     */
    <R> R inTurn(Object record, Supplier<R> step) {
        ReentrantLock lane = lanes[Math.floorMod(spread(record.hashCode()), LANES)];
        boolean isTurn = await(lane);
        try {
            return step.get();
        } finally {
            if (isTurn) {
                lane.unlock();
            }
        }
    }

    private boolean await(ReentrantLock lane) {
        try {
            return lane.tryLock(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
