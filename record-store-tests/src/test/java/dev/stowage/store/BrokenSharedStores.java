package dev.stowage.store;

import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.store.SharedMemoryStore.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Handles on a shared engine with one mistake each, of the kinds that clients of databases make. */
final class BrokenSharedStores {

    private BrokenSharedStores() {}

    static Map<String, Function<Engine, SharedMemoryStore>> all() {
        Map<String, Function<Engine, SharedMemoryStore>> stores = new LinkedHashMap<>();
        stores.put("a version is drawn before the record is locked", VersionDrawnBefore::new);
        stores.put("the guard is not compared with the write", GuardNotCompared::new);
        stores.put("a record that was missing is created without a comparison", LateCreate::new);
        stores.put("the watched partition is not compared with the write", WatchNotCompared::new);
        stores.put("the watch never tells of a change by another process", WatchIsBlind::new);
        stores.put("steps that see at the same time see each other's records", OrderOfViewsForgotten::new);
        stores.put("a guard is looked for once for all steps that see at the same time", OneGuardForAll::new);
        stores.put("steps that are written together get each other's versions", OrderOfStepsForgotten::new);
        stores.put("a step is refused because one that is written with it is", OneRefusalForAll::new);
        stores.put(
                "steps that are written together are compared with the first one's guard", OneGuardForAllWrites::new);
        return stores;
    }

    private static final class VersionDrawnBefore extends SharedMemoryStore {
        VersionDrawnBefore(Engine engine) {
            super(engine);
        }

        @Override
        boolean drawsUnderLock() {
            return false;
        }
    }

    private static final class GuardNotCompared extends SharedMemoryStore {
        GuardNotCompared(Engine engine) {
            super(engine);
        }

        @Override
        boolean comparesGuard() {
            return false;
        }
    }

    private static final class LateCreate extends SharedMemoryStore {
        LateCreate(Engine engine) {
            super(engine);
        }

        @Override
        boolean comparesMissing() {
            return false;
        }
    }

    private static final class WatchNotCompared extends SharedMemoryStore {
        WatchNotCompared(Engine engine) {
            super(engine);
        }

        @Override
        boolean comparesWatched() {
            return false;
        }
    }

    /** A server on it keeps the clocks that it has. */
    static final class WatchIsBlind extends SharedMemoryStore {
        WatchIsBlind(Engine engine) {
            super(engine);
        }

        @Override
        boolean seesWatched() {
            return false;
        }
    }

    /** Calls take as long as those to an engine in another process, so that other steps come meanwhile. */
    private static class SlowCalls extends SharedMemoryStore {

        private static final long NANOS = 100_000;

        SlowCalls(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Seen> see(@Nullable Partition watched, List<View> views) {
            LockSupport.parkNanos(NANOS);
            return super.see(watched, views);
        }

        @Override
        protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
            LockSupport.parkNanos(NANOS);
            return super.write(watched, steps);
        }
    }

    private static final class OrderOfViewsForgotten extends SlowCalls {
        OrderOfViewsForgotten(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Seen> see(@Nullable Partition watched, List<View> views) {
            List<Seen> seen = new ArrayList<>(super.see(watched, views));
            Collections.reverse(seen);
            return seen;
        }
    }

    private static final class OneGuardForAll extends SlowCalls {
        OneGuardForAll(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Seen> see(@Nullable Partition watched, List<View> views) {
            List<Seen> seen = super.see(watched, views);
            return seen.stream()
                    .map(each -> new Seen(each.watchedVersion(), seen.get(0).guarded(), each.stored()))
                    .toList();
        }
    }

    private static final class OrderOfStepsForgotten extends SlowCalls {
        OrderOfStepsForgotten(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
            List<Written> written = new ArrayList<>(super.write(watched, steps));
            Collections.reverse(written);
            return written;
        }
    }

    private static final class OneRefusalForAll extends SlowCalls {
        OneRefusalForAll(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
            List<Written> written = super.write(watched, steps);
            return written.contains(Written.NO_GUARD) ? Collections.nCopies(steps.size(), Written.NO_GUARD) : written;
        }
    }

    private static final class OneGuardForAllWrites extends SlowCalls {
        OneGuardForAllWrites(Engine engine) {
            super(engine);
        }

        @Override
        protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
            RecordName guard = steps.get(0).view().guard();
            return super.write(
                    watched,
                    steps.stream()
                            .map(step -> new Step(new View(guard, step.view().record()), step.seen(), step.change()))
                            .toList());
        }
    }

    /**
     * Reads a record of a partition of the emulator's own once only, as a cache without a comparison of versions does. With the guard, no
     * operation relies on it.
     */
    static class CachedReads extends SharedMemoryStore {

        private final Map<RecordName, StoredRecord> known = new ConcurrentHashMap<>();

        CachedReads(Engine engine) {
            super(engine);
        }

        @Override
        public @Nullable StoredRecord read(Partition partition, String key) {
            if (!partition.owner().equals("emulator")) {
                return super.read(partition, key);
            }
            StoredRecord cached = known.get(new RecordName(partition, key));
            StoredRecord found = cached == null ? super.read(partition, key) : cached;
            if (found != null && !key.startsWith("counter/") && !key.startsWith("app/")) {
                known.put(new RecordName(partition, key), found);
            }
            return found;
        }

        /** A handle does not read what it has changed itself from the cache. */
        @Override
        public boolean commit(Commit commit) {
            commit.changes().keySet().forEach(known::remove);
            commit.expected().keySet().forEach(known::remove);
            return super.commit(commit);
        }
    }

    /** A key that is known longer than its install lives is accepted. */
    static final class CachedReadsWithoutGuard extends CachedReads {

        CachedReadsWithoutGuard(Engine engine) {
            super(engine);
        }

        @Override
        boolean comparesGuard() {
            return false;
        }
    }
}
