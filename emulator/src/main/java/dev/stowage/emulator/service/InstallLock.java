package dev.stowage.emulator.service;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Orders the end of an install and its operations (INST-5): an operation takes effect completely before the end, or it is
 * refused. This also holds for records that outlive the install (the shared store, the policy {@code keep}).
 */
final class InstallLock {

    private final StampedLock lock = new StampedLock();
    private final long installId;
    private boolean ended;

    InstallLock(long installId) {
        this.installId = installId;
    }

    <R> R whileActive(Supplier<R> operation) {
        long stamp = lock.readLock();
        try {
            if (ended) {
                throw InstallRepository.revoked(installId);
            }
            return operation.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Waits for the operations in flight and blocks others until the work is done. */
    void withExclusiveLock(Runnable work) {
        long stamp = lock.writeLock();
        try {
            if (ended) {
                throw InstallRepository.revoked(installId);
            }
            work.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Waits for the operations in flight and refuses all later ones. */
    void end(Runnable last) {
        long stamp = lock.writeLock();
        try {
            ended = true;
            last.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
