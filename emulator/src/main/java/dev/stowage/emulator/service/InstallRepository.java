package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The apps, installs and keys. They are records in a partition of the emulator's record store and are read again for every
 * operation. So a durable record store keeps them, and a revoked key stays revoked (DUR-3). Methods that change them add their changes to a {@link Transaction}.
 */
final class InstallRepository {

    private static final Partition PARTITION = new Partition("emulator", "directory");
    private static final String ACCOUNT = "account/";
    private static final String APP = "app/";
    private static final String INSTALL = "install/";
    private static final String KEY = "key/";
    private static final String HISTORY = "history/";
    private static final String COUNTER = "counter/";
    private static final String LAST_INSTALL = "install";
    private static final String LAST_APP = "app";
    /** Exists if every active install and every app has a guard. */
    private static final String GUARDED = "guarded";

    /** What a reset of everything leaves. */
    private static final List<String> KEPT = List.of(COUNTER + LAST_APP, COUNTER + LAST_INSTALL, GUARDED);

    private final RecordStore records;
    private final ApiKeys apiKeys = new ApiKeys();
    private final KnownKeys knownKeys;

    InstallRepository(RecordStore records) {
        this.records = records;
        this.knownKeys = new KnownKeys(records, PARTITION, InstallRepository::recordsOf);
        if (find(GUARDED).isEmpty()) {
            Transaction.execute(records, this::addMissingGuards);
        }
    }

    /** A store that was written before there were guards has none. */
    private void addMissingGuards(Transaction commit) {
        startAgainIfAnyIsAdded(commit);
        apps().forEach(app -> create(commit, app.guard()));
        installs().stream().filter(InstallRecord::active).forEach(install -> create(commit, install.guard()));
        write(commit, GUARDED, Hash.empty());
    }

    private static void create(Transaction commit, RecordName guard) {
        commit.write(guard.partition(), guard.key(), RecordContent.empty());
    }

    /** Lets the transaction start again if an app or install is created before it takes effect. */
    static void startAgainIfAnyIsAdded(Transaction commit) {
        find(commit, COUNTER + LAST_APP);
        find(commit, COUNTER + LAST_INSTALL);
    }

    /**
     * Returns the caller with this key (INST-6).
     *
     * @param whenRevoked called with the install's id if the key belongs to an install that has ended
     */
    Caller authenticate(String key, LongConsumer whenRevoked) {
        return knownKeys.callerOf(key, () -> read(key, whenRevoked));
    }

    /** As {@link #authenticate}, but a key that was read before is not read again: it may have been revoked by another server. */
    Caller remembered(String key, LongConsumer whenRevoked) {
        return knownKeys.remembered(key).orElseGet(() -> authenticate(key, whenRevoked));
    }

    boolean isRemembered(String key) {
        return knownKeys.remembered(key).isPresent();
    }

    /** Called when the app or install with this key was deleted. */
    void forgetKey(String key) {
        knownKeys.forget(key);
    }

    /** The records that say what a key stands for. */
    private static List<String> recordsOf(String key, Caller caller) {
        String app = APP + caller.app().appId();
        return caller instanceof Caller.OfInstall of
                ? List.of(KEY + key, app, INSTALL + of.install().installId())
                : List.of(KEY + key, app);
    }

    private Caller read(String key, LongConsumer whenRevoked) {
        Hash owner = find(KEY + key).orElseThrow(InstallRepository::unknownKey);
        String appId = RecordFields.string(owner, "appId");
        AppRecord app = findApp(appId).orElseThrow(InstallRepository::unknownKey);
        Long installId = owner.getLong("installId");
        if (installId == null) {
            return new Caller.OfApp(app);
        }
        InstallRecord install = findInstall(installId).orElseThrow(InstallRepository::unknownKey);
        if (!install.active()) {
            whenRevoked.accept(installId);
            throw revoked(installId);
        }
        return new Caller.OfInstall(app, install);
    }

    /**
     * Assigns a key.
     *
     * @throws StorageException {@code invalid_request} if it belongs to an app or install, ended installs included
     */
    private static void claim(Transaction commit, String key, Hash owner) {
        if (find(commit, KEY + key).isPresent()) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "The key is already in use by another app or install.");
        }
        write(commit, KEY + key, owner);
    }

    private static StorageException unknownKey() {
        return new StorageException(
                ErrorCode.UNAUTHENTICATED,
                "The key is missing or unknown. Send the apiKey of an install, or the appKey of an app, as"
                        + " \"Authorization: Bearer <key>\". (INST-6)");
    }

    static StorageException revoked(long installId) {
        return new StorageException(
                ErrorCode.INSTALL_REVOKED,
                "The install " + installId
                        + " has ended (uninstalled, reinstalled, or its installation failed), and its key with it. A reinstalled"
                        + " app has a new key. (INST-4)");
    }

    /** @throws StorageException {@code unavailable} if records can't be stored any longer */
    void checkAvailable() {
        find(COUNTER + LAST_INSTALL);
    }

    /** Reads an app, as the transaction leaves it. */
    static Optional<AppRecord> findApp(Transaction commit, String appId) {
        return find(commit, APP + appId).map(AppRecord::from);
    }

    Optional<AppRecord> findApp(String appId) {
        return find(APP + appId).map(AppRecord::from);
    }

    Optional<InstallRecord> findInstall(long installId) {
        return find(INSTALL + installId).map(InstallRecord::from);
    }

    /** Returns all apps, sorted by id. */
    List<AppRecord> apps() {
        return list(APP, AppRecord::from, Comparator.comparing(AppRecord::appId));
    }

    /** Returns all installs since the last reset, in the order in which they were created. */
    List<InstallRecord> installs() {
        return list(INSTALL, InstallRecord::from, Comparator.comparingLong(InstallRecord::installId));
    }

    AppRecord appNamed(Transaction commit, String appId, Optional<String> appKey) {
        Optional<AppRecord> existing = findApp(commit, appId);
        if (existing.isPresent()) {
            return existing.get();
        }
        AppRecord app = new AppRecord(appId, appKey.orElseGet(apiKeys::generate), "app/" + next(commit, LAST_APP));
        claim(commit, app.appKey(), Hash.of("appId", appId));
        write(commit, APP + appId, app.toHash());
        create(commit, app.guard());
        return app;
    }

    /**
     * @param trackerId the account; empty for a new account
     * @param apiKey the key; empty to generate one
     * @param inheritedOwner the owner of data that the install takes over; empty for an install without data
     */
    InstallRecord addInstall(
            Transaction commit,
            AppRecord app,
            Optional<String> trackerId,
            Optional<String> apiKey,
            Optional<String> inheritedOwner) {
        long installId = next(commit, LAST_INSTALL);
        InstallRecord install = new InstallRecord(
                installId,
                app.appId(),
                trackerId.orElse("account-" + installId),
                apiKey.orElseGet(apiKeys::generate),
                inheritedOwner.orElse("install/" + installId),
                InstallRecord.State.ACTIVE,
                false);
        claim(commit, install.apiKey(), Hash.of("appId", app.appId(), "installId", installId));
        write(commit, INSTALL + installId, install.toHash());
        commit.write(installsOfApp(app), Long.toString(installId), RecordContent.empty());
        write(commit, account(install), Hash.of("installId", installId));
        create(commit, install.guard());
        return install;
    }

    /** The ids of an app's installs; the installs' own records are in {@link #PARTITION}. */
    private static Partition installsOfApp(AppRecord app) {
        return new Partition(app.owner(), "installs");
    }

    private static String account(InstallRecord install) {
        return ACCOUNT + install.appId() + "\n" + install.trackerId();
    }

    /** Returns the latest install of the app in the account of the given install. */
    InstallRecord latestInAccountOf(InstallRecord install) {
        return find(account(install))
                .flatMap(latest -> findInstall(RecordFields.number(latest, "installId")))
                .orElse(install);
    }

    /** Returns the app's installs, in the order in which they were created. */
    List<InstallRecord> installsOf(String appId) {
        Optional<AppRecord> app = findApp(appId);
        return app.isEmpty() ? List.of() : installsOf(app.get());
    }

    List<InstallRecord> installsOf(AppRecord app) {
        return records.list(installsOfApp(app)).keySet().stream()
                .map(installId -> findInstall(Long.parseLong(installId)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(InstallRecord::installId))
                .toList();
    }

    static void remember(Transaction commit, long installId, InstallEvent event) {
        List<@Nullable Object> events = new ArrayList<>();
        find(commit, HISTORY + installId)
                .ifPresent(before -> events.addAll(Objects.requireNonNull(before.getList("events"))));
        events.add(event.toHash());
        write(commit, HISTORY + installId, Hash.of("events", events));
    }

    List<InstallEvent> history(long installId) {
        return find(HISTORY + installId)
                .map(hash -> Objects.requireNonNull(hash.getList("events")).stream()
                        .map(event -> InstallEvent.from((Hash) Objects.requireNonNull(event)))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Reads an install, as the transaction leaves it.
     *
     * @throws StorageException {@code not_found} if it does not exist
     */
    static InstallRecord install(Transaction commit, long installId) {
        return find(commit, INSTALL + installId).map(InstallRecord::from).orElseThrow(() -> noInstall(installId));
    }

    /**
     * Reads an install, as the transaction leaves it.
     *
     * @throws StorageException {@code install_revoked} if it has ended
     */
    static InstallRecord activeInstall(Transaction commit, long installId) {
        InstallRecord install = install(commit, installId);
        if (!install.active()) {
            throw revoked(installId);
        }
        return install;
    }

    /** Replaces the record of an install that ends, and removes its guard. */
    static void end(Transaction commit, InstallRecord ended) {
        replace(commit, ended);
        commit.drop(ended.guard().partition());
    }

    /** Replaces an install's record. */
    static void replace(Transaction commit, InstallRecord install) {
        write(commit, INSTALL + install.installId(), install.toHash());
    }

    static StorageException noInstall(long installId) {
        return new StorageException(ErrorCode.NOT_FOUND, "The install " + installId + " does not exist.");
    }

    /** Deletes what is known of an app and its installs. */
    static void forget(Transaction commit, AppRecord app, List<InstallRecord> installs) {
        remove(commit, KEY + app.appKey());
        remove(commit, APP + app.appId());
        for (InstallRecord install : installs) {
            remove(commit, KEY + install.apiKey());
            remove(commit, INSTALL + install.installId());
            remove(commit, HISTORY + install.installId());
            remove(commit, account(install));
        }
    }

    /** Deletes what is known of all apps and installs. The numbers go on. */
    static void forgetAll(Transaction commit) {
        Map<String, Hash> kept = new LinkedHashMap<>();
        KEPT.forEach(key -> find(commit, key).ifPresent(hash -> kept.put(key, hash)));
        commit.clear(PARTITION);
        kept.forEach((key, hash) -> write(commit, key, hash));
    }

    /** Ends all operations of an app and of its installs, and deletes the list of the installs. */
    static void dropGuards(Transaction commit, AppRecord app, List<InstallRecord> installs) {
        installs.forEach(install -> commit.drop(install.guard().partition()));
        commit.drop(installsOfApp(app));
        commit.drop(app.guard().partition());
    }

    private static long next(Transaction commit, String what) {
        long next = find(commit, COUNTER + what)
                .map(before -> RecordFields.number(before, "last") + 1)
                .orElse(1L);
        write(commit, COUNTER + what, Hash.of("last", next));
        return next;
    }

    private static Optional<Hash> find(Transaction commit, String key) {
        return Optional.ofNullable(commit.read(PARTITION, key)).map(RecordContent::hash);
    }

    private Optional<Hash> find(String key) {
        StoredRecord stored = records.read(PARTITION, key);
        return stored == null ? Optional.empty() : Optional.of(stored.content().hash());
    }

    private <T> List<T> list(String prefix, Function<Hash, T> read, Comparator<T> order) {
        return records.list(PARTITION).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> read.apply(entry.getValue().content().hash()))
                .sorted(order)
                .toList();
    }

    private static void write(Transaction commit, String key, Hash hash) {
        commit.write(PARTITION, key, RecordContent.of(hash));
    }

    private static void remove(Transaction commit, String key) {
        commit.remove(PARTITION, key);
    }
}
