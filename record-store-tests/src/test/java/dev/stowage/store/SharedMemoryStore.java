package dev.stowage.store;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore;
import dev.stowage.emulator.record.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A handle on an engine in memory, as a server has one on PostgreSQL or etcd. What it compares is in methods, so that each can be forgotten. */
class SharedMemoryStore extends SharedRecordStore {

    /** The records that all handles share. Its lock makes a transaction of what is done under it. */
    static final class Engine {

        private final Map<Partition, SortedMap<String, StoredRecord>> partitions = new HashMap<>();
        private long lastVersion;

        private SortedMap<String, StoredRecord> of(Partition partition) {
            return partitions.computeIfAbsent(partition, name -> new TreeMap<>());
        }

        private @Nullable StoredRecord get(RecordName name) {
            return of(name.partition()).get(name.key());
        }

        private long lastVersionIn(@Nullable Partition partition) {
            return partition == null
                    ? 0
                    : of(partition).values().stream()
                            .mapToLong(StoredRecord::version)
                            .max()
                            .orElse(0);
        }

        private void apply(RecordName name, Change change, long version) {
            if (change instanceof Change.Write write) {
                of(name.partition()).put(name.key(), new StoredRecord(write.content(), version, write.expiresAt()));
            } else if (change instanceof Change.Remove) {
                of(name.partition()).remove(name.key());
            }
        }
    }

    private static final Sharing SHARING = new Sharing(16, 16, 1_000_000);

    private final Engine engine;
    /** The versions for the next writes of records, unless they are drawn under the lock. */
    private final Map<RecordName, Long> drawn = new ConcurrentHashMap<>();

    SharedMemoryStore(Engine engine) {
        super(SHARING);
        this.engine = engine;
    }

    /** Whether the version of a write is drawn while the record is locked, and not when it is read. */
    boolean drawsUnderLock() {
        return true;
    }

    boolean comparesGuard() {
        return true;
    }

    /** Whether a write compares that a record which it did not see is still missing. */
    boolean comparesMissing() {
        return true;
    }

    boolean comparesWatched() {
        return true;
    }

    /** Whether a step is told that the watched partition has changed. */
    boolean seesWatched() {
        return true;
    }

    private long next() {
        synchronized (engine) {
            return ++engine.lastVersion;
        }
    }

    @Override
    protected List<Seen> see(@Nullable Partition watched, List<View> views) {
        synchronized (engine) {
            return views.stream().map(view -> see(watched, view)).toList();
        }
    }

    private Seen see(@Nullable Partition watched, View view) {
        if (!drawsUnderLock()) {
            drawn.put(view.record(), next());
        }
        return new Seen(
                seesWatched() ? engine.lastVersionIn(watched) : 0,
                view.guard() != null && (!comparesGuard() || engine.get(view.guard()) != null),
                engine.get(view.record()));
    }

    @Override
    protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
        synchronized (engine) {
            return steps.stream().map(step -> write(watched, step)).toList();
        }
    }

    private Written write(@Nullable Partition watched, Step step) {
        RecordName guard = step.view().guard();
        if (guard != null && comparesGuard() && engine.get(guard) == null) {
            return Written.NO_GUARD;
        }
        Seen seen = step.seen();
        if (comparesWatched() && seesWatched() && engine.lastVersionIn(watched) != seen.watchedVersion()) {
            return Written.OTHER_VERSION;
        }
        RecordName record = step.view().record();
        boolean asSeen = versionOf(engine.get(record)) == seen.version();
        if (!asSeen && (comparesMissing() || seen.stored() != null)) {
            return Written.OTHER_VERSION;
        }
        long version = drawsUnderLock() ? next() : drawn.getOrDefault(record, 0L);
        engine.apply(record, step.change(), version);
        return Written.as(step.change() instanceof Change.Write ? version : 0);
    }

    private static long versionOf(@Nullable StoredRecord record) {
        return record == null ? 0 : record.version();
    }

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        synchronized (engine) {
            return engine.get(new RecordName(partition, key));
        }
    }

    @Override
    public boolean commit(Commit commit) {
        synchronized (engine) {
            if (commit.expected().entrySet().stream()
                    .anyMatch(each -> versionOf(engine.get(each.getKey())) != each.getValue())) {
                return false;
            }
            commit.clears().forEach(partition -> engine.of(partition).clear());
            commit.drops().forEach(engine.partitions::remove);
            commit.changes().forEach((name, change) -> engine.apply(name, change, next()));
            return true;
        }
    }

    @Override
    public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> wanted) {
        synchronized (engine) {
            Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
            wanted.forEach(partition -> lists.put(partition, new TreeMap<>(engine.of(partition))));
            return lists;
        }
    }
}
