package dev.stowage.emulator.record;

import org.jspecify.annotations.Nullable;

/**
 * The name of one store of one owner. Records of different partitions are isolated from each other.
 *
 * @param owner the unique name of the owner, for example {@code install/7} or {@code app/3}
 * @param store the name of the store
 */
public record Partition(String owner, String store) {

    private static final String GUARD = "guard";

    /** Returns the guard of an owner. It exists when its record was written, until its partition is dropped. */
    public static RecordName guardOf(String owner) {
        return new RecordName(new Partition(owner, GUARD), "");
    }

    /** Whether it contains a guard. A store that locks several partitions locks these first, as every step names one. */
    public boolean isOfGuard() {
        return store.equals(GUARD);
    }

    // Each operation looks up several partitions. The methods that a record has by itself take longer.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Partition partition
                        && owner.equals(partition.owner)
                        && store.equals(partition.store));
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + store.hashCode();
    }
}
