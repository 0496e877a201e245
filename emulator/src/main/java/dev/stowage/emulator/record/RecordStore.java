package dev.stowage.emulator.record;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a backend must be: read a record, replace it if it is still the one that was read, drop a partition, list one.
 * Expiry is not its business; it keeps what it was given. Safe for many threads at once.
 *
 * <p>A partition begins with its first write and ends with {@link #drop}. What was dropped never comes back: its name is
 * not used again, it reads as empty, and a write to it fails with {@link PartitionDroppedException}.
 */
public interface RecordStore extends AutoCloseable {

    /** The record, or null if there is none. */
    @Nullable
    StoredRecord read(Partition partition, String key);

    /**
     * Applies the change if the record's version is still the expected one (0: there is none).
     *
     * @return the record's new version, 0 if it is gone now; empty, and nothing done, if the version was another. A new
     *     version is greater than every one the key ever had, also before it was removed (LIN-2).
     */
    OptionalLong replace(Partition partition, String key, long expectedVersion, Change change);

    /** Ends a partition and forgets its records. Returns when no write to it can happen any more. */
    void drop(Partition partition);

    /** The partition's records by key, in ascending order of the keys, as they were at some moment of the call. */
    Map<String, StoredRecord> list(Partition partition);

    /**
     * Reads, decides and replaces as one atomic step. The decision may be made several times and must only compute; what
     * it throws reaches the caller, and nothing has changed.
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

    /** A change, and what its maker wants to know of it afterwards. */
    record Decided<D>(Change change, D decision) {}

    /** The decision that was carried out, and the record's version before and after; 0 where there is no record. */
    record Updated<D>(D decision, long versionBefore, long versionAfter) {}

    /** A write to a partition that was dropped. */
    final class PartitionDroppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public PartitionDroppedException(Partition partition) {
            super("The partition " + partition + " was dropped.");
        }
    }
}
