package dev.stowage.emulator.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the operations that used the key of an install after it had ended. Nothing remains of an install that was reset. */
final class RejectedOperations {

    private final InstallRepository repository;
    private final Map<Long, Long> byInstall = new ConcurrentHashMap<>();

    RejectedOperations(InstallRepository repository) {
        this.repository = repository;
    }

    void count(long installId) {
        // Checked inside compute: a reset removes the install's record before its count, so no count appears after it.
        byInstall.compute(
                installId,
                (id, before) -> repository.findInstall(id).isEmpty() ? null : (before == null ? 0 : before) + 1);
    }

    long of(long installId) {
        return byInstall.getOrDefault(installId, 0L);
    }

    void forget(long installId) {
        byInstall.remove(installId);
    }
}
