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

/** The lives of apps and installs: made, uninstalled, reinstalled, reset (chapter 8). */
public final class InstallService {

    /** The partition beside an install's stores that holds its plugin's private data (chapter 10). */
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
     * Who holds this key.
     *
     * @throws StorageException {@code unauthenticated} or {@code install_revoked}
     */
    public Caller authenticate(String key) {
        return repository.authenticate(
                key,
                installId -> rejected.computeIfAbsent(installId, id -> new LongAdder())
                        .increment());
    }

    /** How many operations came with the install's key after it had ended: an app that kept using what it had cached. */
    public long rejectedOperations(long installId) {
        LongAdder count = rejected.get(installId);
        return count == null ? 0 : count.sum();
    }

    /**
     * The caller that the install's key stands for.
     *
     * @throws StorageException {@code not_found} if there is no such install, {@code install_revoked} if it has ended
     */
    public Caller callerOf(long installId) {
        InstallRecord install = get(installId);
        if (!install.active()) {
            throw InstallRepository.revoked(installId);
        }
        return new Caller.OfInstall(app(install.appId()), install);
    }

    /**
     * Does something for an install while none of its operations is under way.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public void withExclusiveLock(long installId, Runnable work) {
        lockOf(installId).withExclusiveLock(work);
    }

    /** The app of that name; made if there is none. */
    public AppRecord app(String appId) {
        return repository.appNamed(checkName("appId", appId));
    }

    /**
     * The app of that name.
     *
     * @throws StorageException {@code not_found} if there is none
     */
    public AppRecord knownApp(String appId) {
        return repository
                .findApp(appId)
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND, "There is no app of that appId; it is made with POST /_emulator/apps."));
    }

    /**
     * Installs the app.
     *
     * @param trackerId the account; a new one if empty
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

    /** What happened to an install, in order. */
    public List<InstallEvent> history(long installId) {
        return repository.history(get(installId).installId());
    }

    /**
     * A new version of the app comes to an install: id, key and data stay.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    public InstallRecord upgrade(long installId) {
        InstallRecord install = get(installId);
        withExclusiveLock(installId, () -> remember(install, InstallEvent.Kind.UPGRADED));
        return install;
    }

    /** Ends the install because its installation failed: what it has written is gone, under either policy. */
    public void failInstallation(long installId) {
        end(installId, InstallRecord.State.FAILED, InstallEvent.Kind.FAILED);
    }

    /** With the policy {@code keep}: what the account's last install of the app left behind, unless one has it already. */
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

    /** Every install since the last reset, uninstalled ones included, in the order they were made. */
    public List<InstallRecord> list() {
        return repository.installs();
    }

    /** The same of one app. */
    public List<InstallRecord> list(String appId) {
        return repository.installsOf(appId);
    }

    /** The install that its app has in its account now: the one that was made last. */
    public InstallRecord current(InstallRecord install) {
        return repository.latestInAccountOf(install);
    }

    /** Ends the install: its key is refused, its data gone unless the policy keeps it; does nothing a second time. */
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
     * INST-5: ends the install unless it has ended already, and installs the same app in the same account. An install has one
     * successor: of several reinstalls at once one happens.
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

    /** Forgets everything: apps, installs, records; all clocks follow the system again. */
    public void reset() {
        repository.apps().forEach(app -> forget(app.appId()));
        clocks.reset();
    }

    /** Forgets an app, its installs and their records; its clock follows the emulator's again. */
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
     * Does something for an install while it lives (INST-5).
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
