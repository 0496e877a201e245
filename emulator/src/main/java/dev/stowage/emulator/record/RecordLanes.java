package dev.stowage.emulator.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the steps of this process on one record come one after another, so that they don't repeat each other's work. Nothing depends on
 * it: a step that has waited long goes on without its turn, and steps of other processes are found by the record's version.
 */
final class RecordLanes {

    private static final long LONGEST_WAIT_SECONDS = 2;

    private final ReentrantLock[] locks = new ReentrantLock[256];

    RecordLanes() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    <R> R inTurn(RecordName record, Supplier<R> step) {
        ReentrantLock lock = locks[Math.floorMod(spread(record.hashCode()), locks.length)];
        boolean locked = lock(lock);
        try {
            return step.get();
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    private static boolean lock(ReentrantLock lock) {
        try {
            return lock.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
