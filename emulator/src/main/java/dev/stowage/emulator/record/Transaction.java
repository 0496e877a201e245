package dev.stowage.emulator.record;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes several records in one atomic commit (DUR-2). If another caller changes a record that the transaction has read, the
 * transaction starts again. Not thread-safe.
 */
public final class Transaction {

    private final RecordStore records;
    private final Map<RecordName, Long> expected = new LinkedHashMap<>();
    private final Map<RecordName, Change> changes = new LinkedHashMap<>();
    private final Set<Partition> changedPartitions = new HashSet<>();
    private final Set<Partition> clears = new LinkedHashSet<>();
    private final Set<Partition> drops = new LinkedHashSet<>();

    private Transaction(RecordStore records) {
        this.records = records;
    }

    /**
     * Runs a transaction and commits it.
     *
     * @param work may be called several times, and must have no side effects. If it throws an exception, nothing changes
     */
    public static <R> R run(RecordStore records, Function<Transaction, R> work) {
        while (true) {
            Transaction transaction = new Transaction(records);
            R result = work.apply(transaction);
            if (transaction.commit()) {
                return result;
            }
        }
    }

    /** Runs a transaction without a result. */
    public static void execute(RecordStore records, Consumer<Transaction> work) {
        run(records, transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    private boolean commit() {
        Commit commit = new Commit(expected, changes, clears, drops);
        return commit.isEmpty() || records.commit(commit);
    }

    /** Returns the content of a record, with the changes of this transaction; null if it does not exist. */
    public @Nullable RecordContent read(Partition partition, String key) {
        RecordName name = new RecordName(partition, key);
        Change change = changes.get(name);
        if (change instanceof Change.Write write) {
            return write.content();
        }
        if (change instanceof Change.Remove || clears.contains(partition) || drops.contains(partition)) {
            return null;
        }
        StoredRecord stored = records.read(partition, key);
        expected.putIfAbsent(name, stored == null ? 0 : stored.version());
        return stored == null ? null : stored.content();
    }

    /** Writes a record that does not expire. */
    public void write(Partition partition, String key, RecordContent content) {
        change(partition, key, new Change.Write(content, StoredRecord.NEVER));
    }

    /** Removes a record, if it exists. */
    public void remove(Partition partition, String key) {
        change(partition, key, Change.REMOVE);
    }

    public void change(Partition partition, String key, Change change) {
        changes.put(new RecordName(partition, key), change);
        changedPartitions.add(partition);
    }

    /** Removes all records of a partition, those included that others write until the commit takes effect. */
    public void clear(Partition partition) {
        forgetChanges(partition);
        clears.add(partition);
    }

    /** Deletes a partition and its records. Its name is not used again. */
    public void drop(Partition partition) {
        forgetChanges(partition);
        drops.add(partition);
    }

    private void forgetChanges(Partition partition) {
        if (changedPartitions.remove(partition)) {
            changes.keySet().removeIf(name -> name.partition().equals(partition));
        }
    }
}
