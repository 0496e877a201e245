package dev.stowage.junit;

/** What an exception says, without the noise around it. */
final class ThrowableSummary {

    private ThrowableSummary() {}

    /** The message of an assertion, which says all there is; for others also what they are. */
    static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof AssertionError && message != null ? message.strip() : thrown.toString();
    }
}
