package dev.stowage.emulator.service;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The locks of installs and apps. A lock exists only while the install or app exists in the repository. So an operation that
 * arrives after a reset is refused, and nothing remains of what was reset.
 */
final class ActivityLocks {

    private final InstallRepository repository;
    private final Map<Long, ActivityLock> byInstall = new ConcurrentHashMap<>();
    private final Map<String, ActivityLock> byAppOwner = new ConcurrentHashMap<>();

    ActivityLocks(InstallRepository repository) {
        this.repository = repository;
    }

    /** @throws StorageException {@code unauthenticated} if the install was reset */
    ActivityLock of(long installId) {
        return of(byInstall, installId, () -> repository.findInstall(installId).isPresent());
    }

    /** @throws StorageException {@code unauthenticated} if the app was reset */
    ActivityLock of(AppRecord app) {
        return of(
                byAppOwner,
                app.owner(),
                () -> repository
                        .findApp(app.appId())
                        .filter(current -> current.owner().equals(app.owner()))
                        .isPresent());
    }

    private static <K> ActivityLock of(Map<K, ActivityLock> locks, K key, BooleanSupplier exists) {
        ActivityLock lock = locks.get(key);
        // Checked inside computeIfAbsent: a reset removes the record before the lock, so no lock appears after it.
        return lock != null
                ? lock
                : locks.computeIfAbsent(key, absent -> {
                    if (!exists.getAsBoolean()) {
                        throw wasReset();
                    }
                    return new ActivityLock();
                });
    }

    /** How many operations used the install's key after it had ended. */
    long rejected(long installId) {
        return Optional.ofNullable(byInstall.get(installId))
                .map(ActivityLock::rejected)
                .orElse(0L);
    }

    void remove(InstallRecord install) {
        byInstall.remove(install.installId());
    }

    void remove(AppRecord app) {
        byAppOwner.remove(app.owner());
    }

    /** The refusal of an operation whose install or app was reset. */
    static StorageException wasReset() {
        return new StorageException(ErrorCode.UNAUTHENTICATED, "The app was reset while the operation was in flight.");
    }
}
