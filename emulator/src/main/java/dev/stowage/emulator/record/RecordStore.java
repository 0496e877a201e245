package dev.stowage.emulator.record;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store of records: read a record, change records in one atomic commit, drop a partition, list a partition. It does not
 * evaluate expiry. Thread-safe.
 *
 * <p>A partition begins with its first write and ends with its drop. A dropped partition never comes back: its name is not used
 * again, it reads as empty, and a write to it fails with {@link PartitionDroppedException}.
 *
 * <p>Each method returns when its changes are as durable as the store makes them. What it returns is durable as well: no caller
 * is shown a record, or its absence, that a crash takes back.
 */
public interface RecordStore extends AutoCloseable {

    /** Returns the record, or null if it does not exist. */
    @Nullable
    StoredRecord read(Partition partition, String key);

    /**
     * Applies all changes of a commit, or none of them.
     *
     * @return false if a record has another version than the commit expects; nothing was done then
     * @throws PartitionDroppedException if a record of a dropped partition is to be written; nothing was done then
     */
    boolean commit(Commit commit);

    /**
     * Returns the partition's records by key, in ascending order of the keys, as they were at one moment of the call. A commit is
     * contained in it completely or not at all.
     */
    Map<String, StoredRecord> list(Partition partition);

    /**
     * Iterates over the partition's records in any order. A record that exists during the whole iteration is returned; a write
     * during the iteration may be missing. The default iterates over {@link #list}.
     */
    default Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        return list(partition).entrySet().iterator();
    }

    /**
     * Reads, decides and changes a record in one atomic step. A new version is greater than every earlier version of the key,
     * including those before a removal (LIN-2). {@code decide} may be called several times and must have no side effects. An
     * exception that it throws reaches the caller; nothing has changed then.
     */
    <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide);

    /**
     * Removes a record if it matches, in one atomic step. In contrast to {@link #update}, the method may return before the removal
     * is durable: it is for records that no caller can read any longer.
     */
    default boolean removeIf(Partition partition, String key, Predicate<StoredRecord> matches) {
        return update(partition, key, Decided.removing(matches)).decision();
    }

    @Override
    void close();

    /** A change, and a result for the caller of {@link #update}. */
    record Decided<D>(Change change, D decision) {

        /** Removes a record that matches, and returns whether it did. */
        static Function<@Nullable StoredRecord, Decided<Boolean>> removing(Predicate<StoredRecord> matches) {
            return stored -> stored != null && matches.test(stored)
                    ? new Decided<>(Change.REMOVE, true)
                    : new Decided<>(Change.KEEP, false);
        }
    }

    /** The decision that took effect, and the record's version before and after; 0 where there is no record. */
    record Updated<D>(D decision, long versionBefore, long versionAfter) {}

    /** A write to a partition that was dropped. */
    final class PartitionDroppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public PartitionDroppedException(Partition partition) {
            super("The partition " + partition + " was dropped.");
        }
    }
}
