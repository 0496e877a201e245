package dev.stowage.contract.selftest;

import dev.stowage.contract.call.NoResponseException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The process of the minimal service. A kill comes between two steps of a call, never in the middle of one; a call that was in progress then gets no response, whether its steps were taken or not.
 */
final class MinimalProcess {

    private static final long PAUSE = 2_000_000L;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile int starts;

    /** A call in progress. */
    final class Request {

        private final int start = starts;

        /** Takes a step of the call, which a kill does not interrupt. */
        <T> T step(Supplier<T> step) {
            lock.readLock().lock();
            try {
                requireAlive();
                return step.get();
            } finally {
                lock.readLock().unlock();
            }
        }

        /** Gives a kill the opportunity to come between two steps. */
        void pause() {
            LockSupport.parkNanos(PAUSE);
        }

        /** Sends the response. */
        <T> T respond(T response) {
            requireAlive();
            return response;
        }

        private void requireAlive() {
            if (starts != start) {
                throw new NoResponseException("The service was killed.");
            }
        }
    }

    Request begin() {
        return new Request();
    }

    /** Kills the process, and starts it again with this. */
    void restart(Runnable start) {
        lock.writeLock().lock();
        try {
            starts++;
            start.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
