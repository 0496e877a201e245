package dev.stowage.emulator.operation;

/**
 * The configurable limits.
 *
 * @param maxRecordBytes the maximum size of a record in bytes, key and value as JSON in UTF-8 (VAL-8)
 */
public record Limits(int maxRecordBytes) {

    /** The limits of CONTRACT.md (VAL-8). */
    public static final Limits DOCUMENTED = new Limits(409_600);
}
