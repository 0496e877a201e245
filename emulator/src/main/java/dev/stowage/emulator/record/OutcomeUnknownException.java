package dev.stowage.emulator.record;

/** A change took effect in memory, and it is not known whether it is durable. It may or may not exist after a restart. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(Throwable cause) {
        super("The change could not be made durable. After a restart it may exist or not.", cause);
    }
}
