package dev.stowage.emulator.record;

/** What an operation does to a record. */
public sealed interface Change {

    /** The record stays as it is, or stays missing. */
    record Keep() implements Change {}

    /** The record is gone. */
    record Remove() implements Change {}

    /**
     * The record becomes this.
     *
     * @param expiresAt as in {@link StoredRecord#expiresAt}
     */
    record Write(RecordContent content, long expiresAt) implements Change {}

    Change KEEP = new Keep();
    Change REMOVE = new Remove();
}
