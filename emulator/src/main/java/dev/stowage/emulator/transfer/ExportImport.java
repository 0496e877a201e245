package dev.stowage.emulator.transfer;

import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.operation.RequestValidator;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.transfer.StoresDocument.Entry;
import dev.stowage.emulator.transfer.StoresDocument.Masked;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.WireJson;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Exports and imports records. An import is validated as a whole before anything is written. */
public final class ExportImport {

    private static final Set<StoreName> OWN_STORES = EnumSet.complementOf(EnumSet.of(StoreName.SHARED_KV_STORE));

    private final RecordStore records;
    private final InstallService installService;
    private final Clocks clocks;
    private final Limits limits;

    public ExportImport(RecordStore records, InstallService installService, Clocks clocks, Limits limits) {
        this.records = records;
        this.installService = installService;
        this.clocks = clocks;
        this.limits = limits;
    }

    /**
     * Exports the records of the install's four stores. The shared store is the app's.
     *
     * @param withSecrets false to mask the values of the secrets store
     */
    public StoresDocument export(long installId, boolean withSecrets) {
        return export(installService.callerOf(installId), EnumSet.allOf(StoreName.class), withSecrets);
    }

    /** Exports the active installs of the app and the shared store. */
    public AppDocument exportApp(String appId, boolean withSecrets) {
        AppRecord app = installService.knownApp(appId);
        List<AppDocument.InstallPart> parts = installService.list().stream()
                .filter(install -> install.appId().equals(appId) && install.active())
                .map(install -> new AppDocument.InstallPart(
                        install.trackerId(), export(new Caller.OfInstall(app, install), OWN_STORES, withSecrets)))
                .toList();
        return new AppDocument(
                parts, export(new Caller.OfApp(app), EnumSet.of(StoreName.SHARED_KV_STORE), withSecrets));
    }

    /** All stores are of one moment: an export never contains half of a document that is being loaded. */
    private StoresDocument export(Caller caller, Set<StoreName> wanted, boolean withSecrets) {
        Instant now = clocks.of(caller.app().appId()).instant();
        Map<Partition, SortedMap<String, StoredRecord>> lists = installService.listWhileActive(
                caller, wanted.stream().map(caller::partition).collect(Collectors.toSet()));
        Map<StoreName, SortedMap<String, Entry>> stores = new EnumMap<>(StoreName.class);
        for (StoreName store : wanted) {
            SortedMap<String, Entry> entries = new TreeMap<>();
            Objects.requireNonNull(lists.get(caller.partition(store))).forEach((key, record) -> {
                if (!record.isExpiredAt(now)) {
                    boolean masked = store == StoreName.SECRETS && !withSecrets;
                    entries.put(
                            key,
                            masked
                                    ? new Masked()
                                    : new StoresDocument.Plain(record.content().hash(), record.ttlSeconds(now)));
                }
            });
            stores.put(store, entries);
        }
        return new StoresDocument(stores);
    }

    /** Returns a reader for one document, which refuses records that this emulator can't store while they are read. */
    public DocumentReader documentReader() {
        return new DocumentReader(limits.maxRecordBytes());
    }

    /**
     * Loads a document into an install. Each store in the document is replaced, in one atomic commit; other stores do
     * not change.
     *
     * @throws StorageException if a record can't be stored; nothing has changed then
     */
    public void load(long installId, StoresDocument document) {
        checkAll(document);
        Instant now = clocks.of(installService.get(installId).appId()).instant();
        Transaction.execute(
                records, commit -> replaceAll(commit, installService.callerOf(commit, installId), document, now));
    }

    /**
     * Loads the document of an app: creates an install for each install in the document, in the same account, and replaces the
     * shared store, in one atomic commit. Other installs of the app do not change.
     *
     * @return the new installs
     * @throws StorageException if a record can't be stored; nothing has changed then
     */
    public List<InstallRecord> loadApp(String appId, AppDocument document) {
        checkAll(document.shared());
        document.installs().forEach(part -> {
            InstallService.checkName("trackerId", part.trackerId());
            checkAll(part.stores());
        });
        Instant now = clocks.of(appId).instant();
        List<String> accounts = document.installs().stream()
                .map(AppDocument.InstallPart::trackerId)
                .toList();
        return installService.installAll(appId, accounts, (commit, app, installs) -> {
            for (int i = 0; i < installs.size(); i++) {
                replaceAll(
                        commit,
                        new Caller.OfInstall(app, installs.get(i)),
                        document.installs().get(i).stores(),
                        now);
            }
            replaceAll(commit, new Caller.OfApp(app), document.shared(), now);
        });
    }

    private static void replaceAll(Transaction commit, Caller caller, StoresDocument document, Instant now) {
        document.stores().forEach((store, entries) -> replace(commit, caller.partition(store), entries, now));
    }

    private void checkAll(StoresDocument document) {
        document.stores().forEach((store, entries) -> entries.forEach((key, entry) -> check(store, key, entry)));
    }

    private void check(StoreName store, String key, Entry entry) {
        if (!(entry instanceof StoresDocument.Plain record)) {
            throw DocumentCodec.refused(
                    "the secret '" + key + "' is masked; export with secrets to be able to load the document");
        }
        if (!store.isKeyValue() && record.ttlSeconds().isPresent()) {
            throw RequestValidator.noTtl(store);
        }
        RequestValidator.check(store, new Operation.Put(key, record.value(), Ttl.keep(), OptionalLong.empty()));
        int size = RecordContent.of(record.value()).size() + WireJson.encodedLength(key);
        if (size > limits.maxRecordBytes()) {
            throw new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The document was not loaded, and nothing was changed: the record '" + key + "' in " + store
                            + " has " + size + " bytes; the limit is " + limits.maxRecordBytes() + ". (VAL-8)",
                    Map.of("store", store.wireName(), "key", key, "size", size, "limit", limits.maxRecordBytes()));
        }
    }

    private static void replace(
            Transaction commit, Partition partition, SortedMap<String, Entry> entries, Instant now) {
        commit.clear(partition);
        entries.forEach((key, entry) -> {
            StoresDocument.Plain record = (StoresDocument.Plain) entry;
            long expiresAt = record.ttlSeconds().isPresent()
                    ? now.getEpochSecond() + record.ttlSeconds().getAsLong()
                    : StoredRecord.NEVER;
            commit.change(partition, key, new Change.Write(RecordContent.of(record.value()), expiresAt));
        });
    }
}
