package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final ActivityLocks locks;
    private final List<ResetListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Gives installs, ends and resets one order: a reset takes the write lock, everything else the read lock. It is always taken
     * before the lock of an install or app.
     */
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

    public InstallService(RecordStore records, Clocks clocks, ReinstallPolicy policy, Watchers watchers) {
        this.records = records;
        this.repository = new InstallRepository(records);
        this.clocks = clocks;
        this.policy = policy;
        this.watchers = watchers;
        this.locks = new ActivityLocks(repository);
    }

    /** Registers a listener of dropped data and resets. */
    public void addListener(ResetListener listener) {
        listeners.add(listener);
    }

    /** @throws StorageException {@code unavailable} if records can't be stored any longer */
    public void checkAvailable() {
        repository.checkAvailable();
    }

    private <R> R changing(Supplier<R> change) {
        lifecycle.readLock().lock();
        try {
            return change.get();
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    /**
     * Returns the caller with this key.
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}
     */
    public Caller authenticate(String key) {
        return repository.authenticate(key, installId -> locks.of(installId).countRejected());
    }

    /** Returns how many operations used the install's key after the install had ended, for example with a cached key. */
    public long rejectedOperations(long installId) {
        return locks.rejected(installId);
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
        return new Caller.OfInstall(knownApp(install.appId()), install);
    }

    /**
     * Runs {@code work} while no operation of the install is in flight.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public void withExclusiveLock(long installId, Runnable work) {
        locks.of(get(installId).installId()).withExclusiveLock(work);
    }

    /** Returns the app with this id; creates it if it does not exist. */
    public AppRecord app(String appId) {
        return app(appId, Optional.empty());
    }

    /**
     * Returns the app with this id; creates it if it does not exist.
     *
     * @param appKey the key of a new app; empty to generate one
     * @throws StorageException {@code invalid_request} if the key is malformed or in use
     */
    public AppRecord app(String appId, Optional<String> appKey) {
        checkName("appId", appId);
        appKey.ifPresent(ApiKeys::check);
        return changing(() -> repository
                .findApp(appId)
                .orElseGet(() -> Transaction.run(records, commit -> repository.appNamed(commit, appId, appKey))));
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
        return install(appId, trackerId, Optional.empty());
    }

    /**
     * Installs the app with a given key.
     *
     * @param trackerId the account; empty for a new account
     * @param apiKey the key of the install; empty to generate one
     * @throws StorageException {@code invalid_request} if the key is malformed or in use
     */
    public InstallRecord install(String appId, Optional<String> trackerId, Optional<String> apiKey) {
        trackerId.ifPresent(id -> checkName("trackerId", id));
        apiKey.ifPresent(ApiKeys::check);
        checkName("appId", appId);
        return announced(changing(() -> Transaction.run(records, commit -> add(commit, appId, trackerId, apiKey))));
    }

    /**
     * Creates an install for each account, and makes further changes, in one atomic commit.
     *
     * @param further makes the further changes. The new installs have the order of the accounts
     */
    public List<InstallRecord> installAll(String appId, List<String> trackerIds, FurtherChanges further) {
        checkName("appId", appId);
        trackerIds.forEach(id -> checkName("trackerId", id));
        List<InstallRecord> installs = changing(() -> Transaction.run(records, commit -> {
            AppRecord app = repository.appNamed(commit, appId, Optional.empty());
            List<InstallRecord> made = trackerIds.stream()
                    .map(trackerId -> add(commit, appId, Optional.of(trackerId), Optional.empty()))
                    .toList();
            further.add(commit, app, made);
            return made;
        }));
        installs.forEach(this::announced);
        return installs;
    }

    /** Changes that are committed together with new installs. */
    @FunctionalInterface
    public interface FurtherChanges {
        void add(Transaction commit, AppRecord app, List<InstallRecord> installs);
    }

    private InstallRecord add(Transaction commit, String appId, Optional<String> trackerId, Optional<String> apiKey) {
        return add(commit, appId, trackerId, apiKey, trackerId.flatMap(id -> keptData(appId, id)));
    }

    private InstallRecord add(
            Transaction commit,
            String appId,
            Optional<String> trackerId,
            Optional<String> apiKey,
            Optional<String> inheritedOwner) {
        AppRecord app = repository.appNamed(commit, appId, Optional.empty());
        InstallRecord install = repository.addInstall(commit, app, trackerId, apiKey, inheritedOwner);
        remember(commit, install, InstallEvent.Kind.INSTALLED);
        return install;
    }

    /** Calls the watcher; not while the lifecycle lock is held, because a watcher may call the emulator. */
    private InstallRecord announced(InstallRecord install) {
        watchers.of(install.appId()).installed(install.installId(), install.trackerId());
        return install;
    }

    private void remember(Transaction commit, InstallRecord install, InstallEvent.Kind kind) {
        InstallRepository.remember(
                commit,
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
        withExclusiveLock(
                installId,
                () -> Transaction.execute(records, commit -> remember(commit, install, InstallEvent.Kind.UPGRADED)));
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
        changing(() -> {
            InstallRecord install = get(installId);
            ending(install, commit -> end(commit, installId, state, event));
            return install;
        });
    }

    /** Waits for the install's operations in flight, runs a transaction that ends it, and refuses all later operations. */
    private <R> R ending(InstallRecord install, Function<Transaction, R> transaction) {
        long installId = install.installId();
        R result = locks.of(installId)
                .end(() -> InstallRepository.revoked(installId), () -> Transaction.run(records, transaction));
        if (deletesData(get(installId).state())) {
            listeners.forEach(listener -> listener.dataDropped(install.owner()));
        }
        return result;
    }

    /** Returns the install after its end. */
    private InstallRecord end(Transaction commit, long installId, InstallRecord.State state, InstallEvent.Kind event) {
        InstallRecord install = InstallRepository.install(commit, installId);
        if (!install.active()) {
            return install;
        }
        InstallRecord ended = install.in(state);
        InstallRepository.replace(commit, ended);
        remember(commit, install, event);
        if (deletesData(state)) {
            dropData(commit, install);
        }
        return ended;
    }

    private boolean deletesData(InstallRecord.State endedAs) {
        return policy == ReinstallPolicy.WIPE || endedAs == InstallRecord.State.FAILED;
    }

    /**
     * Ends the install if it has not ended yet, and installs the same app in the same account, in one atomic commit (INST-5). An
     * install has one successor: of several concurrent reinstalls, one succeeds.
     *
     * @throws StorageException {@code install_revoked} if it was reinstalled before
     */
    public InstallRecord reinstall(long installId) {
        return announced(changing(() -> ending(get(installId), commit -> {
            InstallRecord ended =
                    end(commit, installId, InstallRecord.State.UNINSTALLED, InstallEvent.Kind.UNINSTALLED);
            if (ended.succeeded()) {
                throw InstallRepository.revoked(installId);
            }
            InstallRepository.replace(commit, ended.withSuccessor());
            Optional<String> kept =
                    deletesData(ended.state()) || isTaken(ended) ? Optional.empty() : Optional.of(ended.owner());
            return add(commit, ended.appId(), Optional.of(ended.trackerId()), Optional.empty(), kept);
        })));
    }

    /** Whether another active install of the account has the data of this one. */
    private boolean isTaken(InstallRecord ended) {
        return repository.installsOf(ended.appId()).stream()
                .anyMatch(install -> install.installId() != ended.installId()
                        && install.active()
                        && install.owner().equals(ended.owner()));
    }

    /** Deletes all apps, installs, records and settings, in one atomic commit. All clocks follow the system clock again. */
    public void reset() {
        resetting(() -> {
            List<AppRecord> apps = repository.apps();
            forget(apps, commit -> {
                clocks.forgetAll(commit);
                listeners.forEach(listener -> listener.resettingAll(commit));
            });
            apps.forEach(app -> forgotten(app.appId()));
            watchers.reset();
            clocks.reset();
        });
    }

    /** Deletes an app, its installs and their records, in one atomic commit. Its clock follows the emulator's clock again. */
    public void reset(String appId) {
        resetting(() -> {
            forget(repository.findApp(appId).stream().toList(), commit -> clocks.forget(commit, appId));
            forgotten(appId);
        });
    }

    private void resetting(Runnable reset) {
        lifecycle.writeLock().lock();
        try {
            reset.run();
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private void forget(List<AppRecord> apps, Consumer<Transaction> further) {
        List<InstallRecord> installs = apps.stream()
                .flatMap(app -> repository.installsOf(app.appId()).stream())
                .toList();
        // Operations in flight end before the commit, and later ones are refused.
        installs.forEach(install -> locks.of(install.installId()).end(ActivityLocks::wasReset, () -> install));
        apps.forEach(app -> locks.of(app).end(ActivityLocks::wasReset, () -> app));
        try {
            Transaction.execute(records, commit -> {
                for (InstallRecord install : installs) {
                    InstallRepository.forget(commit, install);
                    dropData(commit, install);
                }
                for (AppRecord app : apps) {
                    InstallRepository.forget(commit, app);
                    commit.drop(new Partition(app.owner(), StoreName.SHARED_KV_STORE.wireName()));
                }
                further.accept(commit);
            });
        } finally {
            // If the commit failed, the next operation makes new locks.
            installs.forEach(locks::remove);
            apps.forEach(locks::remove);
        }
        installs.forEach(install -> {
            listeners.forEach(listener -> listener.dataDropped(install.owner()));
            listeners.forEach(listener -> listener.installReset(install.installId()));
        });
        apps.forEach(app -> listeners.forEach(listener -> listener.dataDropped(app.owner())));
    }

    private void forgotten(String appId) {
        clocks.reset(appId);
        watchers.reset(appId);
        listeners.forEach(listener -> listener.appReset(appId));
    }

    private static void dropData(Transaction commit, InstallRecord install) {
        PARTITIONED.forEach(store -> commit.drop(new Partition(install.owner(), store)));
    }

    /**
     * Runs {@code work} while the install is active (INST-5).
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public <R> R whileActive(InstallRecord install, Supplier<R> work) {
        return locks.of(install.installId()).whileActive(work);
    }

    /**
     * Runs {@code work} while the caller's install or app is active (INST-5).
     *
     * @throws StorageException {@code install_revoked} if the install has ended; {@code unauthenticated} if it was reset
     */
    public <R> R whileActive(Caller caller, Supplier<R> work) {
        return caller instanceof Caller.OfInstall of
                ? whileActive(of.install(), work)
                : locks.of(caller.app()).whileActive(work);
    }

    /** Runs {@code work} while no operation of the app's global functions is in flight. */
    public void withExclusiveLock(AppRecord app, Runnable work) {
        locks.of(app).withExclusiveLock(work);
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
