package dev.stowage.emulator.record;

/** The change that an operation makes to a record. */
public sealed interface Change {

    /** The record does not change, or does not exist before and after. */
    record Keep() implements Change {}

    /** The record is removed. */
    record Remove() implements Change {}

    /**
     * The record is created or replaced.
     *
     * @param expiresAt see {@link StoredRecord#expiresAt}
     */
    record Write(RecordContent content, long expiresAt) implements Change {}

    Change KEEP = new Keep();
    Change REMOVE = new Remove();
}
