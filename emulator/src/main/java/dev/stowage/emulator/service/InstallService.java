package dev.stowage.emulator.service;

import dev.stowage.emulator.record.GuardMissingException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
    /** Refusals that a caller gets while its key is right; with the others, a key that was revoked comes first. */
    private static final Set<ErrorCode> OF_RIGHT_KEY =
            Set.of(ErrorCode.VERSION_CONFLICT, ErrorCode.UNAVAILABLE, ErrorCode.THROTTLED);

    private final RecordStore records;
    private final InstallRepository repository;
    private final Clocks clocks;
    private final ReinstallPolicy policy;
    private final Watchers watchers;
    private final RejectedOperations rejected;
    private final List<ResetListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Orders what follows a commit, such as disarming the faults of a deleted app: a reset takes the write lock, everything else the
     * read lock. The commits themselves are ordered by the record store.
     */
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

    public InstallService(RecordStore records, Clocks clocks, ReinstallPolicy policy, Watchers watchers) {
        this.records = records;
        this.repository = new InstallRepository(records);
        this.clocks = clocks;
        this.policy = policy;
        this.watchers = watchers;
        this.rejected = new RejectedOperations(repository);
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
        return repository.authenticate(key, rejected::count);
    }

    /**
     * Runs work as the caller with this key, as an operation that is refused is executed again ({@link #callerOf}).
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}, or what the work throws
     */
    public <R> R asCaller(String key, Function<Caller, R> work) {
        Caller caller = callerOf(key);
        try {
            return work.apply(caller);
        } catch (StorageException refusal) {
            return work.apply(callerAfter(refusal, key, caller));
        }
    }

    /**
     * Returns the caller with this key, for operations. On a store that servers share, the key is not read again for that: each step of the
     * operation names the caller's guard, so it is refused if the key was revoked, also by another server (INST-5, INST-6). When the operation
     * is refused, the key is read, and the operation is executed again if the key stands for another caller by now ({@link #callerAfter}).
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}
     */
    public Caller callerOf(String key) {
        return records.isShared() ? repository.remembered(key, rejected::count) : authenticate(key);
    }

    /**
     * Returns whom the key of a refused operation stands for by now, if it is another caller than the one whose operation was refused.
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}, or the refusal if the key stands for the same caller
     */
    public Caller callerAfter(StorageException refusal, String key, Caller caller) {
        if (!records.isShared() || OF_RIGHT_KEY.contains(refusal.code())) {
            throw refusal;
        }
        Caller current = authenticate(key);
        if (current.equals(caller)) {
            throw refusal;
        }
        return current;
    }

    /** Whether {@link #callerOf(String)} reads nothing from a shared store. */
    boolean isRemembered(String key) {
        return repository.isRemembered(key);
    }

    /** Returns how many operations used the install's key after the install had ended, for example with a cached key. */
    public long rejectedOperations(long installId) {
        return rejected.of(installId);
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
     * Returns the caller for an install, for changes in the transaction. If the install ends meanwhile, the transaction starts again.
     *
     * @throws StorageException {@code not_found} if the install does not exist, {@code install_revoked} if it has ended
     */
    public Caller callerOf(Transaction commit, long installId) {
        InstallRecord install = InstallRepository.activeInstall(commit, installId);
        return new Caller.OfInstall(knownApp(install.appId()), install);
    }

    /** Returns all apps since the last reset. */
    public List<AppRecord> apps() {
        return repository.apps();
    }

    /** Returns the app with this id; empty if it does not exist. */
    public Optional<AppRecord> findApp(String appId) {
        return repository.findApp(appId);
    }

    /** Returns all apps and all installs, ended ones included, as callers. */
    List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        for (AppRecord app : repository.apps()) {
            callers.add(new Caller.OfApp(app));
            repository.installsOf(app).forEach(install -> callers.add(new Caller.OfInstall(app, install)));
        }
        return callers;
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
        InstallRepository.startAgainIfAnyIsAdded(commit);
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
        return Transaction.run(records, commit -> {
            InstallRecord install = InstallRepository.activeInstall(commit, installId);
            remember(commit, install, InstallEvent.Kind.UPGRADED);
            return install;
        });
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
        changing(() -> ending(get(installId), commit -> end(commit, installId, state, event)));
    }

    /** Runs a transaction that ends the install. Operations in flight take effect before it, and all later ones are refused. */
    private <R> R ending(InstallRecord install, Function<Transaction, R> transaction) {
        R result = Transaction.run(records, transaction);
        repository
                .findInstall(install.installId())
                .filter(ended -> deletesData(ended.state()))
                .ifPresent(ended -> listeners.forEach(listener -> listener.dataDropped(ended.owner())));
        return result;
    }

    /** Returns the install after its end. */
    private InstallRecord end(Transaction commit, long installId, InstallRecord.State state, InstallEvent.Kind event) {
        InstallRecord install = InstallRepository.install(commit, installId);
        if (!install.active()) {
            return install;
        }
        InstallRecord ended = install.in(state);
        InstallRepository.end(commit, ended);
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
            InstallRepository.startAgainIfAnyIsAdded(commit);
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
            Deleted deleted = Transaction.run(records, commit -> {
                InstallRepository.startAgainIfAnyIsAdded(commit);
                Clocks.forgetAll(commit);
                listeners.forEach(listener -> listener.resettingAll(commit));
                Deleted all = dropAll(commit, repository.apps());
                InstallRepository.forgetAll(commit);
                return all;
            });
            afterDeletion(deleted);
            deleted.apps().forEach(app -> forgotten(app.appId()));
            watchers.reset();
            clocks.refresh();
        });
    }

    /** Deletes an app, its installs and their records, in one atomic commit. Its clock follows the emulator's clock again. */
    public void reset(String appId) {
        resetting(() -> {
            Deleted deleted = Transaction.run(records, commit -> {
                InstallRepository.startAgainIfAnyIsAdded(commit);
                Clocks.forget(commit, appId);
                Deleted ofApp = dropAll(
                        commit,
                        InstallRepository.findApp(commit, appId).stream().toList());
                ofApp.apps().forEach(app -> InstallRepository.forget(commit, app, ofApp.installs()));
                return ofApp;
            });
            afterDeletion(deleted);
            clocks.refresh();
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

    /** Apps that a reset has deleted, with all their installs. */
    private record Deleted(List<AppRecord> apps, List<InstallRecord> installs) {}

    /** Drops the data of apps. Operations in flight take effect before the commit, and all later ones are refused. */
    private Deleted dropAll(Transaction commit, List<AppRecord> apps) {
        List<InstallRecord> installs = new ArrayList<>();
        for (AppRecord app : apps) {
            List<InstallRecord> ofApp = repository.installsOf(app);
            InstallRepository.dropGuards(commit, app, ofApp);
            ofApp.forEach(install -> dropData(commit, install));
            commit.drop(new Partition(app.owner(), StoreName.SHARED_KV_STORE.wireName()));
            installs.addAll(ofApp);
        }
        return new Deleted(apps, installs);
    }

    private void afterDeletion(Deleted deleted) {
        deleted.installs().forEach(install -> {
            rejected.forget(install.installId());
            repository.forgetKey(install.apiKey());
            listeners.forEach(listener -> listener.dataDropped(install.owner()));
            listeners.forEach(listener -> listener.installReset(install.installId()));
        });
        deleted.apps().forEach(app -> {
            repository.forgetKey(app.appKey());
            listeners.forEach(listener -> listener.dataDropped(app.owner()));
        });
    }

    private void forgotten(String appId) {
        watchers.reset(appId);
        listeners.forEach(listener -> listener.appReset(appId));
    }

    private static void dropData(Transaction commit, InstallRecord install) {
        PARTITIONED.forEach(store -> commit.drop(new Partition(install.owner(), store)));
    }

    /**
     * Runs a step on the record store that names the caller's guard (INST-5).
     *
     * @throws StorageException {@code install_revoked} if the install has ended; {@code unauthenticated} if the app was reset
     */
    public <R> R whileActive(Caller caller, Function<RecordName, R> step) {
        try {
            return step.apply(caller.guard());
        } catch (GuardMissingException ended) {
            throw refusalOf(caller);
        }
    }

    /**
     * Lists partitions as they were at one moment at which the caller's install or app was active (INST-5).
     *
     * @throws StorageException {@code install_revoked} if the install has ended; {@code unauthenticated} if the app was reset
     */
    public Map<Partition, SortedMap<String, StoredRecord>> listWhileActive(Caller caller, Set<Partition> partitions) {
        Partition guard = caller.guard().partition();
        Set<Partition> withGuard = new HashSet<>(partitions);
        withGuard.add(guard);
        Map<Partition, SortedMap<String, StoredRecord>> lists = records.list(withGuard);
        if (Objects.requireNonNull(lists.get(guard)).isEmpty()) {
            throw refusalOf(caller);
        }
        return lists;
    }

    /** The refusal of an operation whose install has ended, or whose app was reset, while it was in flight. */
    private StorageException refusalOf(Caller caller) {
        return caller instanceof Caller.OfInstall of
                        && repository.findInstall(of.install().installId()).isPresent()
                ? InstallRepository.revoked(of.install().installId())
                : new StorageException(
                        ErrorCode.UNAUTHENTICATED, "The app was reset while the operation was in flight.");
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
