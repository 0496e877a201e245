package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The apps, installs and keys. They are records in a partition of the emulator's record store and are read again for every
 * operation. So a persistent record store persists them, and a shared record store shares them.
 */
final class InstallRepository {

    private static final Partition PARTITION = new Partition("emulator", "directory");
    private static final String ACCOUNT = "account/";
    private static final String APP = "app/";
    private static final String INSTALL = "install/";
    private static final String KEY = "key/";
    private static final String HISTORY = "history/";
    private static final String COUNTER = "counter/";

    private final RecordStore records;
    private final ApiKeys apiKeys = new ApiKeys();

    InstallRepository(RecordStore records) {
        this.records = records;
    }

    /**
     * Returns the caller with this key (INST-6).
     *
     * @param whenRevoked called with the install's id if the key belongs to an install that has ended
     */
    Caller authenticate(String key, LongConsumer whenRevoked) {
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
     * Assigns a key, in one atomic step.
     *
     * @throws StorageException {@code invalid_request} if it belongs to an app or install, ended installs included
     */
    private void claim(String key, Hash owner) {
        boolean free = records.update(
                        PARTITION,
                        KEY + key,
                        before -> before == null
                                ? new Decided<>(writing(owner), true)
                                : new Decided<>(Change.KEEP, false))
                .decision();
        if (!free) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "The key is already in use by another app or install.");
        }
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

    AppRecord appNamed(String appId, Optional<String> appKey) {
        Optional<AppRecord> existing = findApp(appId);
        if (existing.isPresent()) {
            return existing.get();
        }
        AppRecord mine = new AppRecord(appId, appKey.orElseGet(apiKeys::generate), "app/" + next("app"));
        claim(mine.appKey(), Hash.of("appId", appId));
        AppRecord winner = records.update(
                        PARTITION,
                        APP + appId,
                        before -> before == null
                                ? new Decided<>(writing(mine.toHash()), mine)
                                : new Decided<>(
                                        Change.KEEP,
                                        AppRecord.from(before.content().hash())))
                .decision();
        if (!winner.appKey().equals(mine.appKey())) {
            remove(KEY + mine.appKey());
        }
        return winner;
    }

    /**
     * @param trackerId the account; empty for a new account
     * @param apiKey the key; empty to generate one
     */
    InstallRecord addInstall(
            AppRecord app, Optional<String> trackerId, Optional<String> apiKey, Optional<String> inheritedOwner) {
        long installId = next("install");
        InstallRecord install = new InstallRecord(
                installId,
                app.appId(),
                trackerId.orElse("account-" + installId),
                apiKey.orElseGet(apiKeys::generate),
                inheritedOwner.orElse("install/" + installId),
                InstallRecord.State.ACTIVE,
                false);
        claim(install.apiKey(), Hash.of("appId", app.appId(), "installId", installId));
        write(INSTALL + installId, install.toHash());
        records.update(
                installsOfApp(app), Long.toString(installId), before -> new Decided<>(writing(Hash.empty()), ""));
        write(account(install), Hash.of("installId", installId));
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

    private List<InstallRecord> installsOf(AppRecord app) {
        return records.list(installsOfApp(app)).keySet().stream()
                .map(installId -> findInstall(Long.parseLong(installId)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(InstallRecord::installId))
                .toList();
    }

    void mark(long installId, InstallRecord.State state) {
        change(installId, install -> install.in(state));
    }

    void remember(long installId, InstallEvent event) {
        records.update(PARTITION, HISTORY + installId, before -> {
            List<@Nullable Object> events = new ArrayList<>();
            if (before != null) {
                events.addAll(Objects.requireNonNull(before.content().hash().getList("events")));
            }
            events.add(event.toHash());
            return new Decided<>(writing(Hash.of("events", events)), event);
        });
    }

    List<InstallEvent> history(long installId) {
        return find(HISTORY + installId)
                .map(hash -> Objects.requireNonNull(hash.getList("events")).stream()
                        .map(event -> InstallEvent.from((Hash) Objects.requireNonNull(event)))
                        .toList())
                .orElse(List.of());
    }

    /** Marks the install as replaced. Returns true for the first call only: an install has one successor. */
    boolean markSucceeded(long installId) {
        return !change(installId, InstallRecord::withSuccessor).succeeded();
    }

    /** Changes an install's record in one atomic step and returns the record from before. */
    private InstallRecord change(long installId, UnaryOperator<InstallRecord> change) {
        return records.update(PARTITION, INSTALL + installId, before -> {
                    if (before == null) {
                        throw noInstall(installId);
                    }
                    InstallRecord install = InstallRecord.from(before.content().hash());
                    return new Decided<>(writing(change.apply(install).toHash()), install);
                })
                .decision();
    }

    static StorageException noInstall(long installId) {
        return new StorageException(ErrorCode.NOT_FOUND, "The install " + installId + " does not exist.");
    }

    void forget(InstallRecord install) {
        remove(KEY + install.apiKey());
        remove(INSTALL + install.installId());
        remove(HISTORY + install.installId());
        remove(account(install));
    }

    void forget(AppRecord app) {
        remove(KEY + app.appKey());
        remove(APP + app.appId());
        Transaction.execute(records, commit -> commit.drop(installsOfApp(app)));
    }

    private long next(String what) {
        return records.update(PARTITION, COUNTER + what, before -> {
                    long next = before == null
                            ? 1
                            : RecordFields.number(before.content().hash(), "last") + 1;
                    return new Decided<>(writing(Hash.of("last", next)), next);
                })
                .decision();
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

    private void write(String key, Hash hash) {
        records.update(PARTITION, key, before -> new Decided<>(writing(hash), hash));
    }

    private void remove(String key) {
        records.update(PARTITION, key, before -> new Decided<>(Change.REMOVE, key));
    }

    private static Change writing(Hash hash) {
        return new Change.Write(RecordContent.of(hash), StoredRecord.NEVER);
    }
}
