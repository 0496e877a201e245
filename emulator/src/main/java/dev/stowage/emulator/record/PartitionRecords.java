package dev.stowage.emulator.record;

import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.Updated;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition in memory. Its versions continue over a restart (DUR-5). An update of one record is one {@link ConcurrentHashMap#compute} under the shared lock;
 * a commit and a list take the exclusive lock.
 */
final class PartitionRecords {

    private final Partition name;
    private final @Nullable GroupCommit log;
    private final ConcurrentHashMap<String, StoredRecord> byKey = new ConcurrentHashMap<>();
    private final AtomicLong lastVersion;
    private final StampedLock lock = new StampedLock();
    private boolean dropped;

    /** @param log makes changes durable; null if they stay in memory */
    PartitionRecords(Partition name, long lastVersion, @Nullable GroupCommit log) {
        this.name = name;
        this.lastVersion = new AtomicLong(lastVersion);
        this.log = log;
    }

    @Nullable
    StoredRecord get(String key) {
        return byKey.get(key);
    }

    /** Adds a record that was loaded. */
    void load(String key, StoredRecord record) {
        byKey.put(key, record);
    }

    Iterator<Map.Entry<String, StoredRecord>> iterator() {
        return byKey.entrySet().iterator();
    }

    boolean contains(String key) {
        return byKey.containsKey(key);
    }

    /** To be called under the lock. Does not wait until the change, or what it shows, is durable. */
    <D> Step<D> update(String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        Step<D> step = new Step<>(key, decide);
        byKey.compute(key, (k, before) -> step.take(before));
        return step;
    }

    /** To be called under the exclusive lock. */
    SortedMap<String, StoredRecord> copy() {
        return new TreeMap<>(byKey);
    }

    /** Excludes commits and lists, but not other updates. Not reentrant. */
    long lockShared() {
        return lock.readLock();
    }

    void unlockShared(long stamp) {
        lock.unlockRead(stamp);
    }

    long lockExclusively() {
        return lock.writeLock();
    }

    void unlock(long stamp) {
        lock.unlockWrite(stamp);
    }

    /** To be called under the lock. */
    boolean isDropped() {
        return dropped;
    }

    /** To be called under the exclusive lock. */
    void drop() {
        dropped = true;
        byKey.clear();
    }

    /** Returns what the change makes of the record; null for no record. To be called under the lock. */
    @Nullable
    StoredRecord after(@Nullable StoredRecord before, Change change) {
        if (change instanceof Change.Write write) {
            return new StoredRecord(write.content(), lastVersion.incrementAndGet(), write.expiresAt());
        }
        return change instanceof Change.Remove ? null : before;
    }

    static boolean isChange(@Nullable StoredRecord before, Change change) {
        return change instanceof Change.Write || (change instanceof Change.Remove && before != null);
    }

    LogEntry entry(String key, @Nullable StoredRecord after) {
        return new LogEntry.Changed(
                new RecordName(name, key), after, after == null ? lastVersion.get() : after.version());
    }

    /** To be called under the exclusive lock. */
    void put(String key, @Nullable StoredRecord after) {
        if (after == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, after);
        }
    }

    /** The entries that remove all records but these. To be called under the exclusive lock. */
    List<LogEntry> removals(Predicate<String> kept) {
        return byKey.keySet().stream()
                .filter(kept.negate())
                .map(key -> entry(key, null))
                .toList();
    }

    /** Removes all records but these. To be called under the exclusive lock. */
    void retain(Predicate<String> kept) {
        byKey.keySet().removeIf(kept.negate());
    }

    static long versionOf(@Nullable StoredRecord record) {
        return record == null ? 0 : record.version();
    }

    /** One pass through compute. */
    final class Step<D> {
        private final String key;
        private final Function<@Nullable StoredRecord, Decided<D>> decide;
        private @Nullable Updated<D> updated;
        private GroupCommit.@Nullable Ticket ticket;

        private Step(String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            this.key = key;
            this.decide = decide;
        }

        private @Nullable StoredRecord take(@Nullable StoredRecord before) {
            Decided<D> decided = decide.apply(before);
            StoredRecord after = after(before, decided.change());
            if (log != null && isChange(before, decided.change())) {
                ticket = log.append(List.of(entry(key, after)));
            }
            updated = new Updated<>(decided.decision(), versionOf(before), versionOf(after));
            return after;
        }

        Updated<D> updated() {
            if (updated == null) {
                throw new IllegalStateException("compute did not run");
            }
            return updated;
        }

        /** Is durable when the change is; null if nothing changed, or if the store is in memory only. */
        GroupCommit.@Nullable Ticket ticket() {
            return ticket;
        }
    }
}
