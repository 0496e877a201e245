package dev.stowage.store;

import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.FutureResult;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record store whose steps are all taken with {@link RecordStore#updateLater}, so that {@link RecordStoreContract} judges them as it judges
 * those for which a thread waits. A step without a guard gets one that nobody removes.
 */
public final class StepsWithoutThread implements RecordStore {

    private static final RecordName GUARD = Partition.guardOf("steps without thread");

    private final RecordStore records;

    public StepsWithoutThread(RecordStore records) {
        this.records = records;
        Transaction.execute(records, commit -> commit.write(GUARD.partition(), GUARD.key(), RecordContent.empty()));
    }

    @Override
    public <D> Updated<D> update(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return FutureResult.of(updateLater(guard, partition, key, decide));
    }

    @Override
    public <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return update(GUARD, partition, key, decide);
    }

    @Override
    public <D> CompletableFuture<Updated<D>> updateLater(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return records.updateLater(guard, partition, key, decide);
    }

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        return records.read(partition, key);
    }

    @Override
    public boolean commit(Commit commit) {
        return records.commit(commit);
    }

    @Override
    public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
        return records.list(partitions);
    }

    @Override
    public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        return records.iterator(partition);
    }

    @Override
    public boolean isShared() {
        return records.isShared();
    }

    @Override
    public void watch(Partition partition, Runnable changed) {
        records.watch(partition, changed);
    }

    @Override
    public void close() {
        records.close();
    }
}
