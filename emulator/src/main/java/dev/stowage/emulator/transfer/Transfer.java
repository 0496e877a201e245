package dev.stowage.emulator.transfer;

import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.operation.Rules;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Content;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.Installs;
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
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Exports and imports. What is imported is checked first, all of it, and written only if all of it is right. */
public final class Transfer {

    private final RecordStore records;
    private final Installs installs;
    private final Clocks clocks;
    private final Limits limits;

    public Transfer(RecordStore records, Installs installs, Clocks clocks, Limits limits) {
        this.records = records;
        this.installs = installs;
        this.clocks = clocks;
        this.limits = limits;
    }

    /**
     * Every record of the install's four stores; the shared one is its app's.
     *
     * @param withSecrets false to mask the secrets store's values
     */
    public StoresDocument export(long installId, boolean withSecrets) {
        Caller caller = installs.callerOf(installId);
        Instant now = clocks.of(caller.app().appId()).instant();
        Map<StoreName, SortedMap<String, Entry>> stores = new EnumMap<>(StoreName.class);
        for (StoreName store : StoreName.values()) {
            SortedMap<String, Entry> entries = new TreeMap<>();
            records.list(caller.partition(store)).forEach((key, record) -> {
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

    /**
     * Loads a document into an install: each store that it has then holds exactly what it says; other stores stay as they
     * are. Operations of the install wait meanwhile.
     *
     * @throws StorageException if anything in it can't be stored; nothing was changed then
     */
    public void load(long installId, StoresDocument document) {
        document.stores().forEach((store, entries) -> entries.forEach((key, entry) -> check(store, key, entry)));
        Caller caller = installs.callerOf(installId);
        Instant now = clocks.of(caller.app().appId()).instant();
        installs.alone(
                installId,
                () -> document.stores().forEach((store, entries) -> replace(caller.partition(store), entries, now)));
    }

    private void check(StoreName store, String key, Entry entry) {
        if (!(entry instanceof StoresDocument.Plain record)) {
            throw DocumentJson.refused("the secret '" + key + "' is masked; export with the secrets to load it again");
        }
        if (!store.isKeyValue() && record.ttlSeconds().isPresent()) {
            throw Rules.noTtl(store);
        }
        Rules.check(store, new Operation.Put(key, record.value(), Ttl.keep(), OptionalLong.empty()));
        int size = Content.of(record.value()).size() + WireJson.encodedLength(key);
        if (size > limits.maxRecordBytes()) {
            throw new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The document was not loaded, and nothing was changed: the record '" + key + "' in " + store
                            + " measures " + size + " bytes; the limit is " + limits.maxRecordBytes() + ". (VAL-8)",
                    Map.of("store", store.wireName(), "key", key, "size", size, "limit", limits.maxRecordBytes()));
        }
    }

    private void replace(Partition partition, SortedMap<String, Entry> entries, Instant now) {
        Set<String> gone = new HashSet<>(records.list(partition).keySet());
        gone.removeAll(entries.keySet());
        gone.forEach(key -> records.update(partition, key, before -> new Decided<>(Change.REMOVE, key)));
        entries.forEach((key, entry) -> {
            StoresDocument.Plain record = (StoresDocument.Plain) entry;
            long expiresAt = record.ttlSeconds().isPresent()
                    ? now.getEpochSecond() + record.ttlSeconds().getAsLong()
                    : StoredRecord.NEVER;
            Change change = new Change.Write(Content.of(record.value()), expiresAt);
            records.update(partition, key, before -> new Decided<>(change, key));
        });
    }
}
