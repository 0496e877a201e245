package dev.stowage.emulator.record;

/** It is not known whether a change was made durably: it may exist later, or not. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(Throwable cause) {
        super("It is not known whether the change was made: it may exist or not.", cause);
    }
}
