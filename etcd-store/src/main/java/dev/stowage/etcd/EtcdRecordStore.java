package dev.stowage.etcd;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.GuardMissingException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.PartitionWatch;
import dev.stowage.emulator.record.RecordLanes;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in etcd. A step reads the record, its guard and the last change of the watched partition in one transaction, decides, and
 * writes in another one, which compares all three: if one of them has changed, the step decides again.
 */
final class EtcdRecordStore implements RecordStore {

    private final EtcdClient client;
    private final EtcdKeys keys;
    private final int maxTxnOps;
    private final RecordLanes lanes = new RecordLanes();
    private volatile @Nullable PartitionWatch watch;

    EtcdRecordStore(EtcdClient client, EtcdKeys keys, int maxTxnOps) {
        this.client = client;
        this.keys = keys;
        this.maxTxnOps = maxTxnOps;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void watch(Partition partition, Runnable changed) {
        if (watch != null) {
            throw new IllegalStateException("One partition can be watched: " + partition);
        }
        watch = new PartitionWatch(partition, changed);
    }

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        return recordOf(client.read(new Txn().read(keys.of(partition, key))).read(0));
    }

    private static @Nullable StoredRecord recordOf(List<TxnResponse.KeyValue> found) {
        return found.isEmpty()
                ? null
                : EtcdKeys.record(found.get(0).value(), found.get(0).revision());
    }

    @Override
    public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
        List<Partition> wanted = List.copyOf(partitions);
        Txn txn = new Txn();
        wanted.forEach(partition -> txn.readRange(keys.start(partition), keys.end(partition)));
        TxnResponse response = client.read(checked(txn, "A list of " + wanted.size() + " partitions"));
        Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Partition partition = wanted.get(i);
            SortedMap<String, StoredRecord> list = new TreeMap<>();
            response.read(i)
                    .forEach(found -> list.put(
                            keys.keyOf(found.key(), partition), EtcdKeys.record(found.value(), found.revision())));
            lists.put(partition, list);
        }
        return lists;
    }

    @Override
    public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        return new PagedIterator(client, keys, partition);
    }

    @Override
    public <D> Updated<D> update(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        RecordName record = new RecordName(partition, key);
        return lanes.inTurn(record, () -> step(guard, record, decide));
    }

    @Override
    public <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        RecordName record = new RecordName(partition, key);
        return lanes.inTurn(record, () -> step(null, record, decide));
    }

    private <D> Updated<D> step(
            @Nullable RecordName guard, RecordName record, Function<@Nullable StoredRecord, Decided<D>> decide) {
        while (true) {
            PartitionWatch watching = watch;
            TxnResponse seen = client.read(reads(guard, record, watching));
            if (guard != null && seen.read(1).isEmpty()) {
                throw new GuardMissingException(guard);
            }
            long watched = watching == null ? 0 : lastRevision(seen.read(guard == null ? 1 : 2));
            if (watching != null) {
                watching.saw(watched);
            }
            StoredRecord stored = recordOf(seen.read(0));
            long before = stored == null ? 0 : stored.version();
            Decided<D> decided = decide.apply(stored);
            if (decided.change() instanceof Change.Keep
                    || (decided.change() instanceof Change.Remove && stored == null)) {
                return new Updated<>(decided.decision(), before, before);
            }
            TxnResponse written = client.write(writes(guard, record, watching, watched, before, decided.change()));
            if (written.succeeded()) {
                return new Updated<>(
                        decided.decision(), before, decided.change() instanceof Change.Remove ? 0 : written.revision());
            }
            if (guard != null && written.count(0) == 0) {
                throw new GuardMissingException(guard);
            }
        }
    }

    private Txn reads(@Nullable RecordName guard, RecordName record, @Nullable PartitionWatch watching) {
        Txn txn = new Txn().read(keys.of(record));
        if (guard != null) {
            txn.read(keys.of(guard));
        }
        if (watching != null) {
            txn.readLastWritten(keys.start(watching.partition()), keys.end(watching.partition()));
        }
        return txn;
    }

    private static long lastRevision(List<TxnResponse.KeyValue> last) {
        return last.isEmpty() ? 0 : last.get(0).revision();
    }

    private Txn writes(
            @Nullable RecordName guard,
            RecordName record,
            @Nullable PartitionWatch watching,
            long watched,
            long expected,
            Change change) {
        Txn txn = new Txn().requireRevision(keys.of(record), expected);
        if (guard != null) {
            txn.requireExists(keys.of(guard)).otherwiseCount(keys.of(guard));
        }
        if (watching != null) {
            txn.requireUnchangedSince(keys.start(watching.partition()), keys.end(watching.partition()), watched);
        }
        change(txn, record, change);
        return txn;
    }

    private void change(Txn txn, RecordName record, Change change) {
        if (change instanceof Change.Write write) {
            txn.put(keys.of(record), EtcdKeys.value(write.content(), write.expiresAt()));
        } else if (change instanceof Change.Remove) {
            txn.delete(keys.of(record));
        }
    }

    /** All changes get the same revision as their version: they take effect together. */
    @Override
    public boolean commit(Commit commit) {
        while (true) {
            Txn txn = new Txn();
            commit.expected().forEach((name, version) -> txn.requireRevision(keys.of(name), version));
            commit.drops().forEach(partition -> txn.deleteRange(keys.start(partition), keys.end(partition)));
            commit.clears().forEach(partition -> clear(txn, commit, partition));
            commit.changes().forEach((name, change) -> change(txn, name, change));
            if (client.write(checked(txn, "A change of " + txn.operations() + " records"))
                    .succeeded()) {
                return true;
            }
            if (!isAsExpected(commit)) {
                return false;
            }
        }
    }

    /** A range can't be deleted and written in one transaction, so the keys are deleted one by one, if none was added meanwhile. */
    private void clear(Txn txn, Commit commit, Partition partition) {
        byte[] start = keys.start(partition);
        byte[] end = keys.end(partition);
        TxnResponse present = client.read(new Txn().readKeys(start, end));
        txn.requireUnchangedSince(start, end, present.revision());
        present.read(0).forEach(found -> {
            RecordName name = new RecordName(partition, keys.keyOf(found.key(), partition));
            if (!(commit.changes().get(name) instanceof Change.Write)) {
                txn.delete(found.key());
            }
        });
    }

    private boolean isAsExpected(Commit commit) {
        List<RecordName> names = new ArrayList<>(commit.expected().keySet());
        Txn txn = new Txn();
        names.forEach(name -> txn.read(keys.of(name)));
        TxnResponse response = client.read(txn);
        for (int i = 0; i < names.size(); i++) {
            if (lastRevision(response.read(i)) != commit.expected().getOrDefault(names.get(i), 0L)) {
                return false;
            }
        }
        return true;
    }

    private Txn checked(Txn txn, String what) {
        if (txn.operations() > maxTxnOps) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    what + " has " + txn.operations()
                            + " operations, more than a transaction of this cluster may have ("
                            + maxTxnOps
                            + "). Nothing was done. Start etcd with a greater --max-txn-ops, and put it into the"
                            + " URL: ?max-txn-ops=10000.");
        }
        return txn;
    }

    @Override
    public void close() {
        client.close();
    }
}
