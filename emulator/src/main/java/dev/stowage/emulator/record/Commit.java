package dev.stowage.emulator.record;

import java.util.Map;
import java.util.Set;

/**
 * Changes of several records that take effect together or not at all.
 *
 * @param expected the versions that records must have for the commit to take effect; 0 for a record that must not exist
 * @param changes the changes, in the order in which they get their versions
 * @param drops the partitions that end. Their records are deleted
 */
public record Commit(Map<RecordName, Long> expected, Map<RecordName, Change> changes, Set<Partition> drops) {

    boolean isEmpty() {
        return changes.isEmpty() && drops.isEmpty();
    }
}
