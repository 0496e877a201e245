package dev.stowage.emulator.record;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in memory. An update is one {@link ConcurrentHashMap#compute}, never a read and then a write.
 *
 * <p>The store refuses writes to the partitions that were dropped last ({@value #REMEMBERED_DROPS}); it does not remember the names
 * of all dropped partitions. That is enough for a write that is in flight during the drop. Callers don't write to a partition
 * later than that: the locks of installs and apps refuse such operations.
 */
public final class InMemoryRecordStore implements RecordStore {

    private static final int REMEMBERED_DROPS = 1_000;

    private final Map<Partition, Records> partitions = new ConcurrentHashMap<>();
    private final RecentNames dropped = new RecentNames(REMEMBERED_DROPS);

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        Records records = partitions.get(partition);
        return records == null ? null : records.byKey.get(key);
    }

    @Override
    public <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return of(partition).update(key, decide);
    }

    @Override
    public OptionalLong replace(Partition partition, String key, long expectedVersion, Change change) {
        Updated<Boolean> updated = update(partition, key, before -> {
            long version = before == null ? 0 : before.version();
            return version == expectedVersion ? new Decided<>(change, true) : new Decided<>(Change.KEEP, false);
        });
        return updated.decision() ? OptionalLong.of(updated.versionAfter()) : OptionalLong.empty();
    }

    private Records of(Partition partition) {
        Records records = partitions.get(partition);
        if (records != null) {
            return records;
        }
        // Inside compute, so that a drop either sees the new partition or keeps it from being made.
        return partitions.computeIfAbsent(partition, name -> {
            if (dropped.contains(name)) {
                throw new PartitionDroppedException(name);
            }
            return new Records(name);
        });
    }

    @Override
    public void drop(Partition partition) {
        partitions.compute(partition, (name, records) -> {
            dropped.add(name);
            if (records != null) {
                records.close();
            }
            return null;
        });
    }

    @Override
    public Map<String, StoredRecord> list(Partition partition) {
        Records records = partitions.get(partition);
        return records == null ? Map.of() : new TreeMap<>(records.byKey);
    }

    @Override
    public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        Records records = partitions.get(partition);
        return records == null
                ? Collections.emptyIterator()
                : records.byKey.entrySet().iterator();
    }

    @Override
    public void close() {
        partitions.keySet().forEach(this::drop);
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

    /** The records of one partition. */
    private static final class Records {

        private final Partition name;
        private final ConcurrentHashMap<String, StoredRecord> byKey = new ConcurrentHashMap<>();
        private final AtomicLong lastVersion = new AtomicLong();
        private volatile boolean closed;

        Records(Partition name) {
            this.name = name;
        }

        <D> Updated<D> update(String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            Step<D> step = new Step<>(decide);
            byKey.compute(key, (k, before) -> step.take(before));
            return step.updated();
        }

        /** Whatever began before has its bin locked, so that clearing waits for it; whatever comes later sees the flag. */
        void close() {
            closed = true;
            byKey.clear();
        }

        /** One pass through compute. */
        private final class Step<D> {
            private final Function<@Nullable StoredRecord, Decided<D>> decide;
            private @Nullable Updated<D> updated;

            Step(Function<@Nullable StoredRecord, Decided<D>> decide) {
                this.decide = decide;
            }

            @Nullable
            StoredRecord take(@Nullable StoredRecord before) {
                if (closed) {
                    throw new PartitionDroppedException(name);
                }
                Decided<D> decided = decide.apply(before);
                StoredRecord after = after(before, decided.change());
                updated = new Updated<>(decided.decision(), versionOf(before), versionOf(after));
                return after;
            }

            Updated<D> updated() {
                if (updated == null) {
                    throw new IllegalStateException("compute did not run");
                }
                return updated;
            }

            private @Nullable StoredRecord after(@Nullable StoredRecord before, Change change) {
                if (change instanceof Change.Write write) {
                    return new StoredRecord(write.content(), lastVersion.incrementAndGet(), write.expiresAt());
                }
                return change instanceof Change.Remove ? null : before;
            }
        }

        private static long versionOf(@Nullable StoredRecord record) {
            return record == null ? 0 : record.version();
        }
    }
}
