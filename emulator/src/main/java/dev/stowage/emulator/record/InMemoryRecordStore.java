package dev.stowage.emulator.record;

import static dev.stowage.emulator.record.PartitionRecords.versionOf;
import static java.util.stream.Collectors.toCollection;

import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in memory, and on request in a {@link DurableStorage} behind it, from which it loads them at the start (DUR-1).
 *
 * <p>A step holds its guard's partition with a shared lock, and a commit that removes the guard takes it exclusively. So the commit
 * waits for the steps in flight, and no later step takes effect (INST-5).
 */
public final class InMemoryRecordStore implements RecordStore {

    /** Guards first, as a step locks its guard before its record. */
    private static final Comparator<Partition> LOCK_ORDER = Comparator.comparing(
                    (Partition partition) -> !partition.isOfGuard())
            .thenComparing(Partition::owner)
            .thenComparing(Partition::store);

    private final Map<Partition, PartitionRecords> partitions = new ConcurrentHashMap<>();
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
    public <D> Updated<D> update(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return durable(partition, key, () -> guardedStep(guard, partition, key, decide));
    }

    @Override
    public <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return durable(partition, key, () -> step(partition, key, decide));
    }

    private <D> PartitionRecords.Step<D> guardedStep(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        PartitionRecords guards = partitions.get(guard.partition());
        if (guards == null) {
            throw new GuardMissingException(guard);
        }
        long stamp = guards.lockShared();
        try {
            if (!guards.contains(guard.key())) {
                throw new GuardMissingException(guard);
            }
            return step(partition, key, decide);
        } finally {
            guards.unlockShared(stamp);
        }
    }

    private <D> PartitionRecords.Step<D> step(
            Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        while (true) {
            PartitionRecords records = of(partition);
            long stamp = records.lockShared();
            try {
                if (!records.isDropped()) {
                    return records.update(key, decide);
                }
            } finally {
                records.unlockShared(stamp);
            }
        }
    }

    /** Returns when the change, or what the step has shown, is durable. */
    private <D> Updated<D> durable(Partition partition, String key, Supplier<PartitionRecords.Step<D>> work) {
        if (log == null) {
            return work.get().updated();
        }
        PartitionRecords.Step<D> step;
        try {
            step = work.get();
        } catch (StorageException refusal) {
            // A refusal also shows the record.
            log.awaitRecord(partition, key);
            throw refusal;
        }
        GroupCommit.Ticket ticket = step.ticket();
        if (ticket == null) {
            log.awaitRecord(partition, key);
        } else {
            log.awaitDurable(ticket);
        }
        return step.updated();
    }

    @Override
    public <R> CompletableFuture<R> whenDurable(Supplier<R> work) {
        return log == null ? RecordStore.super.whenDurable(work) : log.defer(work);
    }

    @Override
    public boolean removeIf(Partition partition, String key, Predicate<StoredRecord> matches) {
        return partitions.containsKey(partition)
                && step(partition, key, Decided.removing(matches)).updated().decision();
    }

    @Override
    public boolean commit(Commit commit) {
        while (true) {
            Map<Partition, PartitionRecords> touched = touchedBy(commit);
            GroupCommit.Ticket ticket;
            Map<PartitionRecords, Long> stamps = lockExclusively(touched.values());
            try {
                if (touched.values().stream().anyMatch(PartitionRecords::isDropped)
                        || !hasAllToEmpty(commit, touched)) {
                    continue;
                }
                if (!isAsExpected(commit, touched)) {
                    return false;
                }
                ticket = apply(commit, touched);
            } finally {
                stamps.forEach(PartitionRecords::unlock);
            }
            if (log != null && ticket != null) {
                log.awaitDurable(ticket);
            }
            return true;
        }
    }

    private static Map<PartitionRecords, Long> lockExclusively(Collection<PartitionRecords> inOrder) {
        Map<PartitionRecords, Long> stamps = new LinkedHashMap<>();
        inOrder.forEach(records -> stamps.put(records, records.lockExclusively()));
        return stamps;
    }

    /**
     * Returns the partitions in the order in which they are locked. One that does not exist and is to be emptied or dropped is not
     * among them: a reset drops many that were never written to.
     */
    private Map<Partition, PartitionRecords> touchedBy(Commit commit) {
        Map<Partition, PartitionRecords> touched = new TreeMap<>(LOCK_ORDER);
        commit.expected().keySet().forEach(name -> touched.computeIfAbsent(name.partition(), this::of));
        commit.changes().keySet().forEach(name -> touched.computeIfAbsent(name.partition(), this::of));
        toEmpty(commit).forEach(partition -> touched.computeIfAbsent(partition, partitions::get));
        return touched;
    }

    private static Stream<Partition> toEmpty(Commit commit) {
        return Stream.concat(commit.clears().stream(), commit.drops().stream());
    }

    /** Whether no partition that the commit empties or drops has begun since the others were locked. */
    private boolean hasAllToEmpty(Commit commit, Map<Partition, PartitionRecords> touched) {
        return toEmpty(commit)
                .allMatch(partition -> touched.containsKey(partition) || !partitions.containsKey(partition));
    }

    private static boolean isAsExpected(Commit commit, Map<Partition, PartitionRecords> touched) {
        return commit.expected().entrySet().stream()
                .allMatch(entry -> versionOf(recordsOf(entry.getKey(), touched)
                                .get(entry.getKey().key()))
                        == entry.getValue());
    }

    private static PartitionRecords recordsOf(RecordName name, Map<Partition, PartitionRecords> touched) {
        return recordsIn(name.partition(), touched);
    }

    private static PartitionRecords recordsIn(Partition partition, Map<Partition, PartitionRecords> touched) {
        return Objects.requireNonNull(touched.get(partition));
    }

    private GroupCommit.@Nullable Ticket apply(Commit commit, Map<Partition, PartitionRecords> touched) {
        Map<RecordName, @Nullable StoredRecord> after = new LinkedHashMap<>();
        List<LogEntry> entries = new ArrayList<>();
        Set<Partition> cleared = existing(commit.clears(), touched);
        Set<Partition> dropped = existing(commit.drops(), touched);
        if (log != null) {
            cleared.forEach(
                    partition -> entries.addAll(recordsIn(partition, touched).removals(keptBy(commit, partition))));
        }
        commit.changes().forEach((name, change) -> {
            PartitionRecords records = recordsOf(name, touched);
            StoredRecord before = records.get(name.key());
            if (PartitionRecords.isChange(before, change)) {
                StoredRecord changed = records.after(before, change);
                after.put(name, changed);
                entries.add(records.entry(name.key(), changed));
            }
        });
        dropped.forEach(partition -> entries.add(new LogEntry.Dropped(partition)));
        GroupCommit.Ticket ticket = log == null || entries.isEmpty() ? null : log.append(entries);
        cleared.forEach(partition -> recordsIn(partition, touched).retain(keptBy(commit, partition)));
        after.forEach((name, record) -> recordsOf(name, touched).put(name.key(), record));
        dropped.forEach(partition -> {
            partitions.remove(partition);
            recordsIn(partition, touched).drop();
        });
        return ticket;
    }

    private static Set<Partition> existing(Set<Partition> partitions, Map<Partition, PartitionRecords> touched) {
        return partitions.stream().filter(touched::containsKey).collect(toCollection(LinkedHashSet::new));
    }

    /** The records of a cleared partition that the commit writes. */
    private static Predicate<String> keptBy(Commit commit, Partition partition) {
        return key -> commit.changes().containsKey(new RecordName(partition, key));
    }

    private PartitionRecords of(Partition partition) {
        PartitionRecords records = partitions.get(partition);
        return records != null
                ? records
                : partitions.computeIfAbsent(partition, name -> new PartitionRecords(name, 0, log));
    }

    @Override
    public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> wanted) {
        Map<Partition, SortedMap<String, StoredRecord>> lists;
        do {
            lists = copyOf(wanted);
        } while (lists.isEmpty() && !wanted.isEmpty());
        if (log != null) {
            log.awaitAll();
        }
        return lists;
    }

    /** Returns the copies of one moment; nothing if a partition began or ended meanwhile. */
    private Map<Partition, SortedMap<String, StoredRecord>> copyOf(Set<Partition> wanted) {
        Map<Partition, PartitionRecords> existing = new TreeMap<>(LOCK_ORDER);
        wanted.forEach(partition -> {
            PartitionRecords records = partitions.get(partition);
            if (records != null) {
                existing.put(partition, records);
            }
        });
        Map<PartitionRecords, Long> stamps = lockExclusively(existing.values());
        try {
            Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
            for (Partition partition : wanted) {
                PartitionRecords records = existing.get(partition);
                if (records != partitions.get(partition)) {
                    return Map.of();
                }
                lists.put(partition, records == null ? Collections.emptySortedMap() : records.copy());
            }
            return lists;
        } finally {
            stamps.forEach(PartitionRecords::unlock);
        }
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
}
