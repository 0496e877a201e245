package dev.stowage.emulator.record;

/** The place of a record: its partition and its key. */
public record RecordName(Partition partition, String key) {}
