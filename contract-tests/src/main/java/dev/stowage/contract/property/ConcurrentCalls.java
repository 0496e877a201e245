package dev.stowage.contract.property;

import dev.stowage.contract.call.StartBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Runs calls on threads that start together at a barrier. */
final class ConcurrentCalls {

    private static final ExecutorService CALLERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stowage-contract-caller");
        thread.setDaemon(true);
        return thread;
    });

    private ConcurrentCalls() {}

    static <T> List<T> runAll(List<Supplier<T>> calls) {
        StartBarrier barrier = new StartBarrier(calls.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Supplier<T> call : calls) {
            futures.add(CALLERS.submit(() -> {
                barrier.enter();
                try {
                    return call.get();
                } finally {
                    StartBarrier.leave();
                }
            }));
        }
        List<T> results = new ArrayList<>();
        RuntimeException first = null;
        try {
            for (Future<T> response : futures) {
                try {
                    results.add(response.get());
                } catch (ExecutionException failed) {
                    first = first == null && failed.getCause() instanceof RuntimeException unchecked
                            ? unchecked
                            : first == null ? new IllegalStateException(failed.getCause()) : first;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ended);
        }
        if (first != null) {
            throw first;
        }
        return results;
    }
}
