package dev.stowage.emulator.record;

/** A step whose guard does not exist (any longer): see {@link RecordStore#update(RecordName, Partition, String, java.util.function.Function)}. Nothing was done. */
public final class GuardMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuardMissingException(RecordName guard) {
        super("The guard " + guard + " does not exist.");
    }
}
