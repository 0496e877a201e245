package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.StoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What records were one version ago, for stale reads. Bounded: when it has as many as it may have, it forgets them all, and a
 * stale read happens only to records that were written since.
 */
final class PreviousVersions {

    private static final int MAX_RECORDS = 20_000;

    private record Place(Partition partition, String key) {}

    /** @param record null where there was none */
    record Previous(
            long versionBefore, long versionAfter, @Nullable StoredRecord record) {

        /** Of two writes the later one has the greater version; a removal has none, and comes behind the one it removed. */
        boolean isLaterThan(Previous other) {
            long mine = Math.max(versionBefore, versionAfter);
            long theirs = Math.max(other.versionBefore, other.versionAfter);
            return mine > theirs || (mine == theirs && versionAfter == 0);
        }
    }

    private final Map<Place, Previous> byPlace = new ConcurrentHashMap<>();

    void remember(
            Partition partition, String key, @Nullable StoredRecord before, long versionBefore, long versionAfter) {
        if (byPlace.size() >= MAX_RECORDS) {
            byPlace.clear();
        }
        Previous mine = new Previous(versionBefore, versionAfter, before);
        byPlace.merge(new Place(partition, key), mine, (theirs, ours) -> ours.isLaterThan(theirs) ? ours : theirs);
    }

    /** What was there before the current version; empty if nobody remembers. */
    Optional<Previous> of(Partition partition, String key, long currentVersion) {
        return Optional.ofNullable(byPlace.get(new Place(partition, key)))
                .filter(previous -> previous.versionAfter() == currentVersion);
    }
}
