package dev.stowage.data;

import dev.stowage.emulator.record.LogEntry;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list of entries comes to, as the entries of one transaction become visible at once: of several changes of a record the last
 * one, and no change in a partition that is dropped later in the list. A record that is written often costs one row per transaction.
 */
final class Batch {

    /** Dropped partitions. Changes of a partition of the same name come after its drop. */
    private final List<Partition> drops = new ArrayList<>();

    private final Map<Partition, Changes> changes = new LinkedHashMap<>();

    /** The changes in one partition. */
    static final class Changes {

        private final Map<String, @Nullable StoredRecord> records = new HashMap<>();
        private long lastVersion;

        /** The records after the changes by their keys; null for a removed one. */
        Map<String, @Nullable StoredRecord> records() {
            return records;
        }

        long lastVersion() {
            return lastVersion;
        }
    }

    Batch(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry instanceof LogEntry.Changed changed) {
                add(changed);
            } else if (entry instanceof LogEntry.Dropped dropped) {
                changes.remove(dropped.partition());
                drops.add(dropped.partition());
            }
        }
    }

    private void add(LogEntry.Changed changed) {
        Changes ofPartition = changes.computeIfAbsent(changed.name().partition(), name -> new Changes());
        ofPartition.records.put(changed.name().key(), changed.record());
        ofPartition.lastVersion = Math.max(ofPartition.lastVersion, changed.lastVersion());
    }

    List<Partition> drops() {
        return drops;
    }

    Map<Partition, Changes> changes() {
        return changes;
    }
}
