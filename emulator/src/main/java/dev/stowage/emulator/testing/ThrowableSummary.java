package dev.stowage.emulator.testing;

/** Describes an exception in a few lines, for use inside another message. */
public final class ThrowableSummary {

    private ThrowableSummary() {}

    /** Returns the message of an assertion error; for other exceptions, the class and the message. */
    public static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof AssertionError && message != null ? message.strip() : thrown.toString();
    }
}
