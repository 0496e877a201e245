package dev.stowage.emulator.operation;

/**
 * What can be chosen about sizes.
 *
 * @param maxRecordBytes the largest record, key and value as JSON in UTF-8 (VAL-8)
 */
public record Limits(int maxRecordBytes) {

    /** VAL-8: about 400 KB. */
    public static final Limits DOCUMENTED = new Limits(409_600);
}
