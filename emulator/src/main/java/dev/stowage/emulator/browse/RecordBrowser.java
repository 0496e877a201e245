package dev.stowage.emulator.browse;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.storage.StoreName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the stores of an install, or the shared store of an app. Expired records are left out. Thread-safe. */
public final class RecordBrowser {

    private record Found(String key, StoredRecord stored) {}

    private final RecordStore records;
    private final StorageService service;
    private final Caller caller;
    private final InstantSource clock;
    private final int maxRecordBytes;

    /** @param maxRecordBytes the limit of a record (VAL-8) */
    public RecordBrowser(
            RecordStore records, StorageService service, Caller caller, InstantSource clock, int maxRecordBytes) {
        this.records = records;
        this.service = service;
        this.caller = caller;
        this.clock = clock;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** The stores that can be read: all of them for an install, the shared store for an app. */
    public Set<StoreName> stores() {
        return caller instanceof Caller.OfInstall
                ? EnumSet.allOf(StoreName.class)
                : EnumSet.of(StoreName.SHARED_KV_STORE);
    }

    /** The limit of a record in bytes (VAL-8). */
    public int maxRecordBytes() {
        return maxRecordBytes;
    }

    /**
     * Returns the first records whose key is after {@code after} and begins with {@code prefix}. Takes a step for each record of the
     * store, and memory for those of the page.
     *
     * @param after a key; empty for the first page
     */
    public RecordPage page(StoreName store, String prefix, String after, int limit) {
        Instant now = clock.instant();
        PriorityQueue<Found> first =
                new PriorityQueue<>(Comparator.comparing(Found::key).reversed());
        long[] counts = new long[2];
        forEachAlive(store, now, (key, stored) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            counts[0]++;
            if (key.compareTo(after) > 0) {
                counts[1]++;
                first.add(new Found(key, stored));
                if (first.size() > limit) {
                    first.poll();
                }
            }
        });
        return new RecordPage(
                first.stream()
                        .sorted(Comparator.comparing(Found::key))
                        .map(found -> BrowsedRecord.of(found.key(), found.stored(), now))
                        .toList(),
                counts[0],
                counts[1] > limit);
    }

    /** Returns how many records a store has. */
    public long count(StoreName store) {
        long[] count = new long[1];
        forEachAlive(store, clock.instant(), (key, stored) -> count[0]++);
        return count[0];
    }

    /** Returns a record; empty if it does not exist or has expired. */
    public Optional<BrowsedRecord> record(StoreName store, String key) {
        Instant now = clock.instant();
        @Nullable StoredRecord stored = records.read(caller.partition(store), key);
        return stored == null || stored.isExpiredAt(now)
                ? Optional.empty()
                : Optional.of(BrowsedRecord.of(key, stored, now));
    }

    /** Returns the version before the current one, or the last one of a record that was deleted; empty if it is not remembered. */
    public Optional<BrowsedRecord> previous(StoreName store, String key) {
        @Nullable StoredRecord stored = records.read(caller.partition(store), key);
        return service.previousVersion(caller, store, key, stored == null ? 0 : stored.version())
                .map(before -> BrowsedRecord.of(key, before, clock.instant()));
    }

    /** Returns the last second of the record that expires first, of all that have not expired; empty if none expires. */
    public Optional<Instant> nextExpiry() {
        long[] next = {StoredRecord.NEVER};
        Instant now = clock.instant();
        for (StoreName store : stores()) {
            if (store.isKeyValue()) {
                forEachAlive(store, now, (key, stored) -> next[0] = Math.min(next[0], stored.expiresAt()));
            }
        }
        return next[0] == StoredRecord.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(next[0]));
    }

    private void forEachAlive(StoreName store, Instant now, BiConsumer<String, StoredRecord> action) {
        Partition partition = caller.partition(store);
        Iterator<Map.Entry<String, StoredRecord>> all = records.iterator(partition);
        while (all.hasNext()) {
            Map.Entry<String, StoredRecord> entry = all.next();
            if (!entry.getValue().isExpiredAt(now)) {
                action.accept(entry.getKey(), entry.getValue());
            }
        }
    }
}
