package dev.stowage.emulator.record;

import java.util.Map;
import java.util.Set;

/**
 * Changes of several records that take effect together or not at all.
 *
 * @param expected the versions that records must have for the commit to take effect; 0 for a record that must not exist
 * @param changes the changes, in the order in which they get their versions
 * @param clears the partitions that contain nothing but what the commit writes, when it is done
 * @param drops the partitions that are deleted with their records
 */
public record Commit(
        Map<RecordName, Long> expected, Map<RecordName, Change> changes, Set<Partition> clears, Set<Partition> drops) {

    boolean isEmpty() {
        return changes.isEmpty() && clears.isEmpty() && drops.isEmpty();
    }
}
