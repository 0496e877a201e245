package dev.stowage.emulator.record;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The result of a future, as if its work had been done here: what it failed with is thrown as it is, not wrapped. */
public final class FutureResult {

    private FutureResult() {}

    /**
     * Waits for the result, if it is not there.
     *
     * @throws RuntimeException what the future has failed with
     */
    public static <R> R of(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            Throwable cause = causeOf(failed);
            if (cause instanceof RuntimeException problem) {
                throw problem;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }

    /** What a future has failed with, which it wraps for what follows on it. */
    public static Throwable causeOf(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null
                ? causeOf(problem.getCause())
                : problem;
    }
}
