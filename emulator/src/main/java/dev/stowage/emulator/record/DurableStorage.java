package dev.stowage.emulator.record;

import java.util.List;

/**
 * A place where records outlive the process, for example a folder on a disk. {@link GroupCommit} loads it once and then writes to
 * it. One thread at a time uses it.
 */
public interface DurableStorage extends AutoCloseable {

    /** Passes on everything that the storage contains. */
    void load(Loader loader);

    /**
     * Makes all entries durable, in their order, in one transaction. When the method returns, they are durable. When it throws an
     * exception, either all or none of them are.
     */
    void write(List<LogEntry> entries);

    /**
     * Does a small part of the work that can wait, such as deleting the records of dropped partitions. It is called when there is
     * nothing to write. Nothing depends on it, so a failure is no error.
     *
     * @return whether there is more of it that can be done now
     */
    default boolean tidyUp() {
        return false;
    }

    @Override
    void close();

    /** Receives the content of a storage. */
    interface Loader {

        /** A partition, before its records. */
        void partition(Partition partition, long lastVersion);

        void record(RecordName name, StoredRecord record);
    }
}
