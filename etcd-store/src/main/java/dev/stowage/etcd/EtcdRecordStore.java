package dev.stowage.etcd;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore;
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
import org.jspecify.annotations.Nullable;

/** Keeps records in etcd. A step reads in one transaction, and writes in another one, which compares what was read. */
final class EtcdRecordStore extends SharedRecordStore {

    /** What fits into a transaction of a member that has the default limit. */
    private static final int MOST_STEPS_AT_ONCE = 63;
    /** The record and its guard. The watched partition is read once for all steps. */
    private static final int READS_OF_STEP = 2;
    /** etcd takes requests of 1.5 MB by default, in which a record is a third larger. */
    private static final long MOST_BYTES_AT_ONCE = 500_000;

    private final EtcdClient client;
    private final EtcdKeys keys;
    private final int maxTxnOps;

    EtcdRecordStore(EtcdClient client, EtcdKeys keys, int maxTxnOps) {
        super(new Sharing(stepsAtOnce(maxTxnOps), stepsAtOnce(maxTxnOps), MOST_BYTES_AT_ONCE));
        this.client = client;
        this.keys = keys;
        this.maxTxnOps = maxTxnOps;
    }

    private static int stepsAtOnce(int maxTxnOps) {
        return Math.max(1, Math.min(MOST_STEPS_AT_ONCE, (maxTxnOps - 1) / READS_OF_STEP));
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
    protected List<Seen> see(@Nullable Partition watched, List<View> views) {
        List<RecordName> names = View.namesOf(views);
        Txn txn = new Txn();
        names.forEach(name -> txn.read(keys.of(name)));
        if (watched != null) {
            txn.readLastWritten(keys.start(watched), keys.end(watched));
        }
        TxnResponse response = client.read(txn);
        Map<RecordName, StoredRecord> found = new HashMap<>();
        int place = 0;
        for (RecordName name : names) {
            StoredRecord record = recordOf(response.read(place++));
            if (record != null) {
                found.put(name, record);
            }
        }
        long watchedVersion = watched == null ? 0 : response.revision(place);
        return views.stream().map(view -> view.in(found, watchedVersion)).toList();
    }

    @Override
    protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
        return StepWrites.write(client, keys, watched, steps);
    }

    /** All changes get the same revision as their version: they take effect together. */
    @Override
    public boolean commit(Commit commit) {
        while (true) {
            Txn txn = new Txn();
            commit.expected().forEach((name, version) -> txn.requireRevision(keys.of(name), version));
            commit.drops().forEach(partition -> txn.deleteRange(keys.start(partition), keys.end(partition)));
            commit.clears().forEach(partition -> clear(txn, commit, partition));
            commit.changes().forEach((name, change) -> txn.change(keys.of(name), change));
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
            if (response.revision(i) != commit.expected().getOrDefault(names.get(i), 0L)) {
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
        super.close();
        client.close();
    }
}
