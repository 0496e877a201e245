package dev.stowage.store;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.GuardMissingException;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Record stores with one mistake each, of the kinds that stores on other engines make. */
final class BrokenRecordStores {

    private BrokenRecordStores() {}

    static Map<String, Supplier<RecordStore>> all() {
        Map<String, Supplier<RecordStore>> stores = new LinkedHashMap<>();
        stores.put("the guard is not compared", GuardNotCompared::new);
        stores.put("the guard is compared before the step, not with it", GuardComparedBefore::new);
        stores.put("a step is a read and a write", LostUpdates::new);
        stores.put("versions start again when a partition is empty", VersionsStartAgain::new);
        stores.put("the expected versions are not compared", ExpectationIgnored::new);
        stores.put("a commit is made in parts", CommitInParts::new);
        stores.put("a partition is not cleared", ClearForgotten::new);
        stores.put("a partition is cleared before the commit", ClearedBefore::new);
        stores.put("a list is read record by record", ListRecordByRecord::new);
        stores.put("partitions are listed one after another", ListsOneAfterAnother::new);
        stores.put("an iterator ends with its first page", FirstPageOnly::new);
        stores.put("a removal is a write of an empty record", RemovalWrites::new);
        return stores;
    }

    private static class Delegating implements RecordStore {

        final InMemoryRecordStore records = new InMemoryRecordStore();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicInteger unusedWaits = new AtomicInteger();

        /**
         * Called where the mistake leaves a gap: returns when another thread has listed or changed something. A gap of one instruction is met
         * by luck, and on a busy machine by none. Where nobody else is at work, it soon no longer waits.
         */
        final void letOthersIn() {
            long before = calls.get();
            for (int i = 0; i < 20 && calls.get() == before; i++) {
                if (unusedWaits.get() > 100) {
                    return;
                }
                LockSupport.parkNanos(50_000);
            }
            unusedWaits.set(calls.get() == before ? unusedWaits.get() + 1 : 0);
        }

        final <D> Updated<D> counted(Updated<D> updated) {
            calls.incrementAndGet();
            return updated;
        }

        final boolean counted(boolean done) {
            calls.incrementAndGet();
            return done;
        }

        @Override
        public @Nullable StoredRecord read(Partition partition, String key) {
            return records.read(partition, key);
        }

        @Override
        public boolean commit(Commit commit) {
            return counted(records.commit(commit));
        }

        @Override
        public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
            calls.incrementAndGet();
            return records.list(partitions);
        }

        @Override
        public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
            return records.iterator(partition);
        }

        @Override
        public <D> Updated<D> update(
                RecordName guard,
                Partition partition,
                String key,
                Function<@Nullable StoredRecord, Decided<D>> decide) {
            return counted(records.update(guard, partition, key, decide));
        }

        @Override
        public <D> Updated<D> update(
                Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            return counted(records.update(partition, key, decide));
        }

        @Override
        public void close() {
            records.close();
        }
    }

    private static final class GuardNotCompared extends Delegating {

        @Override
        public <D> Updated<D> update(
                RecordName guard,
                Partition partition,
                String key,
                Function<@Nullable StoredRecord, Decided<D>> decide) {
            return counted(records.update(partition, key, decide));
        }
    }

    private static final class GuardComparedBefore extends Delegating {

        @Override
        public <D> Updated<D> update(
                RecordName guard,
                Partition partition,
                String key,
                Function<@Nullable StoredRecord, Decided<D>> decide) {
            if (records.read(guard.partition(), guard.key()) == null) {
                throw new GuardMissingException(guard);
            }
            letOthersIn();
            return counted(records.update(partition, key, decide));
        }
    }

    private static final class LostUpdates extends Delegating {

        @Override
        public <D> Updated<D> update(
                Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            Decided<D> decided = decide.apply(records.read(partition, key));
            letOthersIn();
            return counted(records.update(partition, key, before -> decided));
        }
    }

    private static final class VersionsStartAgain extends Delegating {

        @Override
        public <D> Updated<D> update(
                Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            Updated<D> updated = records.update(partition, key, decide);
            if (updated.versionAfter() == 0 && !records.iterator(partition).hasNext()) {
                records.commit(new Commit(Map.of(), Map.of(), Set.of(), Set.of(partition)));
            }
            return updated;
        }
    }

    private static final class ExpectationIgnored extends Delegating {

        @Override
        public boolean commit(Commit commit) {
            return counted(records.commit(new Commit(Map.of(), commit.changes(), commit.clears(), commit.drops())));
        }
    }

    private static final class CommitInParts extends Delegating {

        @Override
        public boolean commit(Commit commit) {
            if (!records.commit(new Commit(commit.expected(), Map.of(), commit.clears(), commit.drops()))) {
                return false;
            }
            commit.changes().forEach((name, change) -> {
                letOthersIn();
                records.commit(new Commit(Map.of(), Map.of(name, change), Set.of(), Set.of()));
            });
            return true;
        }
    }

    private static final class ClearForgotten extends Delegating {

        @Override
        public boolean commit(Commit commit) {
            return counted(records.commit(new Commit(commit.expected(), commit.changes(), Set.of(), commit.drops())));
        }
    }

    private static final class ClearedBefore extends Delegating {

        @Override
        public boolean commit(Commit commit) {
            records.commit(new Commit(Map.of(), Map.of(), commit.clears(), Set.of()));
            letOthersIn();
            return counted(records.commit(new Commit(commit.expected(), commit.changes(), Set.of(), commit.drops())));
        }
    }

    private static final class ListRecordByRecord extends Delegating {

        @Override
        public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
            Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
            for (Partition partition : partitions) {
                SortedMap<String, StoredRecord> list = new TreeMap<>();
                records.iterator(partition).forEachRemaining(entry -> {
                    letOthersIn();
                    StoredRecord now = records.read(partition, entry.getKey());
                    if (now != null) {
                        list.put(entry.getKey(), now);
                    }
                });
                lists.put(partition, list);
            }
            return lists;
        }
    }

    private static final class ListsOneAfterAnother extends Delegating {

        @Override
        public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
            Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
            for (Partition partition : partitions) {
                lists.putAll(records.list(Set.of(partition)));
                letOthersIn();
            }
            return lists;
        }
    }

    private static final class FirstPageOnly extends Delegating {

        private static final int PAGE = 1_000;

        @Override
        public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
            return records.list(partition).entrySet().stream().limit(PAGE).iterator();
        }
    }

    private static final class RemovalWrites extends Delegating {

        @Override
        public <D> Updated<D> update(
                Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            return records.update(partition, key, before -> {
                Decided<D> decided = decide.apply(before);
                return decided.change() instanceof Change.Remove
                        ? new Decided<>(new Change.Write(RecordContent.empty(), StoredRecord.NEVER), decided.decision())
                        : decided;
            });
        }
    }
}
