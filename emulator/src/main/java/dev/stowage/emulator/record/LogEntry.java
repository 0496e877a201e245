package dev.stowage.emulator.record;

import org.jspecify.annotations.Nullable;

/** A change of a record store, in the form in which it is made durable. */
public sealed interface LogEntry {

    /**
     * A record was written or removed.
     *
     * @param record the record after the change; null if it was removed
     * @param lastVersion the greatest version that the partition has used so far
     */
    record Changed(RecordName name, @Nullable StoredRecord record, long lastVersion) implements LogEntry {}

    /** A partition was dropped, with all its records. */
    record Dropped(Partition partition) implements LogEntry {}
}
