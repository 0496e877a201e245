package dev.stowage.emulator.record;

import static dev.stowage.emulator.record.PartitionRecords.versionOf;

import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in memory, and on request in a {@link DurableStorage} behind it, from which it loads them at the start (DUR-1).
 *
 * <p>The store refuses writes to the partitions that were dropped last ({@value #REMEMBERED_DROPS}); it does not remember the names
 * of all dropped partitions. That is enough for a write that is in flight during the drop. Callers don't write to a partition
 * later than that: the locks of installs and apps refuse such operations.
 */
public final class InMemoryRecordStore implements RecordStore {

    private static final int REMEMBERED_DROPS = 1_000;
    private static final Comparator<Partition> LOCK_ORDER =
            Comparator.comparing(Partition::owner).thenComparing(Partition::store);

    private final Map<Partition, PartitionRecords> partitions = new ConcurrentHashMap<>();
    private final RecentNames dropped = new RecentNames(REMEMBERED_DROPS);
    private final @Nullable GroupCommit log;

    /** Creates a store that keeps records in memory only. */
    public InMemoryRecordStore() {
        this.log = null;
    }

    /** Creates a store with a durable storage behind it, and loads what that contains. Closing the store closes the storage. */
    public InMemoryRecordStore(DurableStorage storage) {
        GroupCommit commits = new GroupCommit(storage);
        this.log = commits;
        storage.load(new DurableStorage.Loader() {
            @Override
            public void partition(Partition partition, long lastVersion) {
                partitions.put(partition, new PartitionRecords(partition, lastVersion, commits));
            }

            @Override
            public void record(RecordName name, StoredRecord record) {
                of(name.partition()).load(name.key(), record);
            }
        });
        commits.start();
    }

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        PartitionRecords records = partitions.get(partition);
        StoredRecord record = records == null ? null : records.get(key);
        if (log != null) {
            log.awaitRecord(partition, key);
        }
        return record;
    }

    @Override
    public <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        PartitionRecords records = of(partition);
        if (log == null) {
            return records.update(key, decide).updated();
        }
        PartitionRecords.Step<D> step;
        try {
            step = records.update(key, decide);
        } catch (StorageException refusal) {
            // A refusal also shows the record.
            log.awaitRecord(partition, key);
            throw refusal;
        }
        GroupCommit.Ticket ticket = step.ticket();
        if (ticket == null) {
            log.awaitRecord(partition, key);
        } else {
            ticket.awaitDurable();
        }
        return step.updated();
    }

    @Override
    public boolean removeIf(Partition partition, String key, Predicate<StoredRecord> matches) {
        return of(partition).update(key, Decided.removing(matches)).updated().decision();
    }

    @Override
    public boolean commit(Commit commit) {
        Map<Partition, PartitionRecords> touched = touchedBy(commit);
        Map<PartitionRecords, Long> stamps = new LinkedHashMap<>();
        GroupCommit.Ticket ticket;
        try {
            touched.values().forEach(records -> stamps.put(records, records.lockExclusively()));
            if (!isAsExpected(commit, touched)) {
                return false;
            }
            ticket = apply(commit, touched);
        } finally {
            stamps.forEach(PartitionRecords::unlock);
        }
        if (ticket != null) {
            ticket.awaitDurable();
        }
        return true;
    }

    /** Returns the partitions in an order in which they can be locked. */
    private Map<Partition, PartitionRecords> touchedBy(Commit commit) {
        Map<Partition, PartitionRecords> touched = new TreeMap<>(LOCK_ORDER);
        commit.expected().keySet().forEach(name -> touched.computeIfAbsent(name.partition(), this::of));
        commit.changes().keySet().forEach(name -> touched.computeIfAbsent(name.partition(), this::of));
        commit.drops().forEach(partition -> touched.computeIfAbsent(partition, this::orNullIfDropped));
        return touched;
    }

    private static boolean isAsExpected(Commit commit, Map<Partition, PartitionRecords> touched) {
        commit.changes().keySet().forEach(name -> {
            if (recordsOf(name, touched).isDropped()) {
                throw new PartitionDroppedException(name.partition());
            }
        });
        return commit.expected().entrySet().stream()
                .allMatch(entry -> versionOf(recordsOf(entry.getKey(), touched)
                                .get(entry.getKey().key()))
                        == entry.getValue());
    }

    private static PartitionRecords recordsOf(RecordName name, Map<Partition, PartitionRecords> touched) {
        return Objects.requireNonNull(touched.get(name.partition()));
    }

    private GroupCommit.@Nullable Ticket apply(Commit commit, Map<Partition, PartitionRecords> touched) {
        Map<RecordName, @Nullable StoredRecord> after = new LinkedHashMap<>();
        List<LogEntry> entries = new ArrayList<>();
        commit.changes().forEach((name, change) -> {
            PartitionRecords records = recordsOf(name, touched);
            StoredRecord before = records.get(name.key());
            if (PartitionRecords.isChange(before, change)) {
                StoredRecord changed = records.after(before, change);
                after.put(name, changed);
                entries.add(records.entry(name.key(), changed));
            }
        });
        commit.drops().forEach(partition -> entries.add(new LogEntry.Dropped(partition)));
        GroupCommit.Ticket ticket = log == null || entries.isEmpty() ? null : log.append(entries);
        after.forEach((name, record) -> recordsOf(name, touched).put(name.key(), record));
        commit.drops().forEach(partition -> {
            dropped.add(partition);
            PartitionRecords records = partitions.remove(partition);
            if (records != null) {
                records.drop();
            }
        });
        return ticket;
    }

    private @Nullable PartitionRecords orNullIfDropped(Partition partition) {
        return partitions.computeIfAbsent(
                partition, name -> dropped.contains(name) ? null : new PartitionRecords(name, 0, log));
    }

    private PartitionRecords of(Partition partition) {
        PartitionRecords records = partitions.get(partition);
        if (records == null) {
            // Inside compute, so that a drop either sees the new partition or keeps it from being made.
            records = orNullIfDropped(partition);
        }
        if (records == null) {
            throw new PartitionDroppedException(partition);
        }
        return records;
    }

    @Override
    public Map<String, StoredRecord> list(Partition partition) {
        PartitionRecords records = partitions.get(partition);
        Map<String, StoredRecord> copy = records == null ? Map.of() : records.copy();
        if (log != null) {
            log.awaitAll();
        }
        return copy;
    }

    @Override
    public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        PartitionRecords records = partitions.get(partition);
        return records == null ? Collections.emptyIterator() : records.iterator();
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        partitions.keySet().forEach(partition -> {
            PartitionRecords records = partitions.remove(partition);
            if (records != null) {
                long stamp = records.lockExclusively();
                records.drop();
                records.unlock(stamp);
            }
        });
    }

    /** The names that were added last. */
    private static final class RecentNames {

        private final int capacity;
        private final Set<Partition> names = ConcurrentHashMap.newKeySet();
        private final Queue<Partition> inOrder = new ConcurrentLinkedQueue<>();

        RecentNames(int capacity) {
            this.capacity = capacity;
        }

        void add(Partition name) {
            if (names.add(name)) {
                inOrder.add(name);
            }
            while (names.size() > capacity) {
                Partition oldest = inOrder.poll();
                if (oldest == null) {
                    return;
                }
                names.remove(oldest);
            }
        }

        boolean contains(Partition name) {
            return names.contains(name);
        }
    }
}
