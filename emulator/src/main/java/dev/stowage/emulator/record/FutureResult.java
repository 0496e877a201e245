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
            if (failed.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }
}
