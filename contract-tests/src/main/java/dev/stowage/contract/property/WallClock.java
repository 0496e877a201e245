package dev.stowage.contract.property;

import java.util.concurrent.locks.LockSupport;

/** Real time, for backends whose time cannot be advanced. The only class in which the suite waits. */
public final class WallClock {

    private WallClock() {}

    public static long nanoTime() {
        return System.nanoTime();
    }

    /** Waits until that moment; ends early if the thread is interrupted. */
    public static void sleepUntil(long nanoTime) {
        while (System.nanoTime() - nanoTime < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }
}
