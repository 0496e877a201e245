package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The lifecycle of apps and installs: install, upgrade, uninstall, reinstall, reset (chapter 8). */
public final class InstallService {

    /** The name of the store that holds a plugin's private data (chapter 10). */
    public static final String PLUGIN_DATA = "pluginData";

    private static final List<String> PARTITIONED = List.of(
            StoreName.SECRETS.wireName(), StoreName.SETTINGS.wireName(), StoreName.KV_STORE.wireName(), PLUGIN_DATA);
    private static final int MAX_NAME_LENGTH = 256;

    private final RecordStore records;
    private final InstallRepository repository;
    private final Clocks clocks;
    private final ReinstallPolicy policy;
    private final Watchers watchers;
    private final Map<Long, InstallLock> locks = new ConcurrentHashMap<>();
    private final Map<Long, LongAdder> rejected = new ConcurrentHashMap<>();

    public InstallService(RecordStore records, Clocks clocks, ReinstallPolicy policy, Watchers watchers) {
        this.records = records;
        this.repository = new InstallRepository(records);
        this.clocks = clocks;
        this.policy = policy;
        this.watchers = watchers;
    }

    /**
     * Returns the caller with this key.
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}
     */
    public Caller authenticate(String key) {
        return repository.authenticate(
                key,
                installId -> rejected.computeIfAbsent(installId, id -> new LongAdder())
                        .increment());
    }

    /** Returns how many operations used the install's key after the install had ended, for example with a cached key. */
    public long rejectedOperations(long installId) {
        LongAdder count = rejected.get(installId);
        return count == null ? 0 : count.sum();
    }

    /**
     * Returns the caller for an install.
     *
     * @throws StorageException {@code not_found} if the install does not exist, {@code install_revoked} if it has ended
     */
    public Caller callerOf(long installId) {
        InstallRecord install = get(installId);
        if (!install.active()) {
            throw InstallRepository.revoked(installId);
        }
        return new Caller.OfInstall(app(install.appId()), install);
    }

    /**
     * Runs {@code work} while no operation of the install is in flight.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public void withExclusiveLock(long installId, Runnable work) {
        lockOf(installId).withExclusiveLock(work);
    }

    /** Returns the app with this id; creates it if it does not exist. */
    public AppRecord app(String appId) {
        return repository.appNamed(checkName("appId", appId));
    }

    /**
     * Returns the app with this id.
     *
     * @throws StorageException {@code not_found} if it does not exist
     */
    public AppRecord knownApp(String appId) {
        return repository
                .findApp(appId)
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND, "The app does not exist. Create it with POST /_emulator/apps."));
    }

    /**
     * Installs the app. Creates the app if it does not exist.
     *
     * @param trackerId the account; empty for a new account
     */
    public InstallRecord install(String appId, Optional<String> trackerId) {
        app(appId);
        trackerId.ifPresent(id -> checkName("trackerId", id));
        InstallRecord install = repository.addInstall(appId, trackerId, trackerId.flatMap(id -> keptData(appId, id)));
        remember(install, InstallEvent.Kind.INSTALLED);
        watchers.of(appId).installed(install.installId(), install.trackerId());
        return install;
    }

    private void remember(InstallRecord install, InstallEvent.Kind kind) {
        repository.remember(
                install.installId(),
                new InstallEvent(kind, clocks.of(install.appId()).instant()));
    }

    /** Returns the events of an install's lifecycle, in order. */
    public List<InstallEvent> history(long installId) {
        return repository.history(get(installId).installId());
    }

    /**
     * Upgrades the app of an install to a new version. Id, key and data stay.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public InstallRecord upgrade(long installId) {
        InstallRecord install = get(installId);
        withExclusiveLock(installId, () -> remember(install, InstallEvent.Kind.UPGRADED));
        return install;
    }

    /** Ends the install because its installation failed. Its data is deleted under either reinstall policy. */
    public void failInstallation(long installId) {
        end(installId, InstallRecord.State.FAILED, InstallEvent.Kind.FAILED);
    }

    /**
     * With the policy {@code keep}, returns the owner of the data that the last ended install of the app left in the account,
     * unless an active install has it already.
     */
    private Optional<String> keptData(String appId, String trackerId) {
        if (policy != ReinstallPolicy.KEEP) {
            return Optional.empty();
        }
        List<InstallRecord> before = repository.installsOf(appId).stream()
                .filter(install -> install.trackerId().equals(trackerId))
                .toList();
        Predicate<InstallRecord> isTaken = left -> before.stream()
                .anyMatch(install -> install.active() && install.owner().equals(left.owner()));
        return before.stream()
                .filter(install -> install.state() == InstallRecord.State.UNINSTALLED && !isTaken.test(install))
                .map(InstallRecord::owner)
                .reduce((earlier, later) -> later);
    }

    public InstallRecord get(long installId) {
        return repository.findInstall(installId).orElseThrow(() -> InstallRepository.noInstall(installId));
    }

    /** Returns all installs since the last reset, in the order in which they were created. Ended installs are included. */
    public List<InstallRecord> list() {
        return repository.installs();
    }

    /** Returns the installs of one app since its last reset, in the order in which they were created. */
    public List<InstallRecord> list(String appId) {
        return repository.installsOf(appId);
    }

    /** Returns the latest install of the same app in the same account. */
    public InstallRecord current(InstallRecord install) {
        return repository.latestInAccountOf(install);
    }

    /** Uninstalls the app: the key is refused, and the data is deleted unless the policy is {@code keep}. Idempotent. */
    public void uninstall(long installId) {
        end(installId, InstallRecord.State.UNINSTALLED, InstallEvent.Kind.UNINSTALLED);
    }

    private void end(long installId, InstallRecord.State state, InstallEvent.Kind event) {
        InstallRecord install = get(installId);
        lockOf(installId).end(() -> {
            if (get(installId).active()) {
                repository.mark(installId, state);
                remember(install, event);
                if (policy == ReinstallPolicy.WIPE || state == InstallRecord.State.FAILED) {
                    dropData(install);
                }
            }
        });
    }

    /**
     * Ends the install if it has not ended yet, and installs the same app in the same account (INST-5). An install has one
     * successor: of several concurrent reinstalls, one succeeds.
     *
     * @throws StorageException {@code install_revoked} if it was reinstalled before
     */
    public InstallRecord reinstall(long installId) {
        InstallRecord install = get(installId);
        if (!repository.markSucceeded(installId)) {
            throw InstallRepository.revoked(installId);
        }
        uninstall(installId);
        return install(install.appId(), Optional.of(install.trackerId()));
    }

    /** Deletes all apps, installs and records. All clocks follow the system clock again. */
    public void reset() {
        repository.apps().forEach(app -> forget(app.appId()));
        clocks.reset();
    }

    /** Deletes an app, its installs and their records. Its clock follows the emulator's clock again. */
    public void reset(String appId) {
        forget(appId);
        clocks.reset(appId);
    }

    private void forget(String appId) {
        for (InstallRecord install : repository.installsOf(appId)) {
            lockOf(install.installId()).end(() -> {
                repository.forget(install);
                dropData(install);
            });
            locks.remove(install.installId());
        }
        repository.findApp(appId).ifPresent(app -> {
            repository.forget(app);
            records.drop(new Partition(app.owner(), StoreName.SHARED_KV_STORE.wireName()));
        });
    }

    private void dropData(InstallRecord install) {
        PARTITIONED.forEach(store -> records.drop(new Partition(install.owner(), store)));
    }

    /**
     * Runs {@code work} while the install is active (INST-5).
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public <R> R whileActive(InstallRecord install, Supplier<R> work) {
        return lockOf(install.installId()).whileActive(work);
    }

    private InstallLock lockOf(long installId) {
        InstallLock lock = locks.get(installId);
        return lock != null ? lock : locks.computeIfAbsent(installId, InstallLock::new);
    }

    /**
     * Checks an appId or a trackerId.
     *
     * @throws StorageException {@code invalid_request} unless it has 1 to 256 characters, none of them a control character
     */
    public static String checkName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The " + what + " must have 1 to " + MAX_NAME_LENGTH + " characters, none of them a control"
                            + " character; it has " + name.length() + ".");
        }
        return name;
    }
}
