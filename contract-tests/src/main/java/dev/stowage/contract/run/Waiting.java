package dev.stowage.contract.run;

import java.util.concurrent.locks.LockSupport;

/** Real time, for backends whose time can't be moved: the one place where the suite waits. */
final class Waiting {

    private Waiting() {}

    static long nanoTime() {
        return System.nanoTime();
    }

    /** Waits until that moment; ends early if the thread is interrupted. */
    static void until(long nanoTime) {
        while (System.nanoTime() - nanoTime < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }
}
