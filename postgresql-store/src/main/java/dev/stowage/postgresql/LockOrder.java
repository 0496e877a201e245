package dev.stowage.postgresql;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The order in which all transactions take their locks, so that none waits for one that waits for it. */
final class LockOrder {

    private static final Comparator<Partition> PARTITIONS =
            Comparator.comparing(Partition::owner).thenComparing(Partition::store);

    /** Records come after all partitions. */
    static final Comparator<RecordName> RECORDS =
            Comparator.comparing(RecordName::partition, PARTITIONS).thenComparing(RecordName::key);

    private LockOrder() {}

    /** Guards first, then the watched partition. */
    static List<Partition> of(Collection<Partition> partitions, @Nullable Partition watched) {
        List<Partition> sorted =
                partitions.stream().distinct().sorted(PARTITIONS).toList();
        Set<Partition> ordered = new LinkedHashSet<>();
        sorted.stream().filter(Partition::isOfGuard).forEach(ordered::add);
        sorted.stream().filter(Predicate.isEqual(watched)).forEach(ordered::add);
        ordered.addAll(sorted);
        return new ArrayList<>(ordered);
    }
}
