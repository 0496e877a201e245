package dev.stowage.emulator.service;

import dev.stowage.storage.StorageException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Orders the end of an install or app and its operations (INST-5): an operation takes effect completely before the end, or it is
 * refused. This also holds for records that outlive an install (the shared store, the policy {@code keep}).
 */
final class ActivityLock {

    private final StampedLock lock = new StampedLock();
    private final AtomicLong rejected = new AtomicLong();
    private @Nullable Supplier<StorageException> refusal;

    <R> R whileActive(Supplier<R> operation) {
        long stamp = lock.readLock();
        try {
            checkActive();
            return operation.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Waits for the operations in flight and blocks others until the work is done. */
    void withExclusiveLock(Runnable work) {
        long stamp = lock.writeLock();
        try {
            checkActive();
            work.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * Waits for the operations in flight and refuses all later ones.
     *
     * @param endedBecause creates the refusal of later operations
     * @param last runs after the last operation. If it throws an exception, nothing has ended
     */
    <R> R end(Supplier<StorageException> endedBecause, Supplier<R> last) {
        long stamp = lock.writeLock();
        try {
            R result = last.get();
            refusal = endedBecause;
            return result;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void checkActive() {
        if (refusal != null) {
            throw refusal.get();
        }
    }

    /** Counts an operation that used the key after the end. */
    void countRejected() {
        rejected.incrementAndGet();
    }

    long rejected() {
        return rejected.get();
    }
}
