package dev.stowage.emulator.record;

import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store of records: read a record, replace it if its version is unchanged, drop a partition, list a partition. It does not
 * evaluate expiry. Thread-safe.
 *
 * <p>A partition begins with its first write and ends with {@link #drop}. A dropped partition never comes back: its name is
 * not used again, it reads as empty, and a write to it fails with {@link PartitionDroppedException}.
 */
public interface RecordStore extends AutoCloseable {

    /** Returns the record, or null if it does not exist. */
    @Nullable
    StoredRecord read(Partition partition, String key);

    /**
     * Applies the change if the record's version is the expected one (0: the record does not exist).
     *
     * @return the record's new version, or 0 if it was removed; empty if the version was different and nothing was done. A new
     *     version is greater than every earlier version of the key, including those before a removal (LIN-2).
     */
    OptionalLong replace(Partition partition, String key, long expectedVersion, Change change);

    /** Ends a partition and deletes its records. When this method returns, no write to the partition can take effect any more. */
    void drop(Partition partition);

    /**
     * Returns the partition's records by key, in ascending order of the keys. Each record is as it was at some moment of the
     * call. Different records can be from different moments: a write during the call may be missing although a later write of
     * another key is included. A caller that needs one moment must prevent writes during the call.
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
     * Reads, decides and replaces in one atomic step. {@code decide} may be called several times and must have no side effects.
     * An exception that it throws reaches the caller; nothing has changed then.
     */
    default <D> Updated<D> update(
            Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        while (true) {
            StoredRecord before = read(partition, key);
            Decided<D> decided = decide.apply(before);
            long versionBefore = before == null ? 0 : before.version();
            if (decided.change() instanceof Change.Keep) {
                return new Updated<>(decided.decision(), versionBefore, versionBefore);
            }
            OptionalLong versionAfter = replace(partition, key, versionBefore, decided.change());
            if (versionAfter.isPresent()) {
                return new Updated<>(decided.decision(), versionBefore, versionAfter.getAsLong());
            }
        }
    }

    @Override
    void close();

    /** A change, and a result for the caller of {@link #update}. */
    record Decided<D>(Change change, D decision) {}

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
