package dev.stowage.contract.run;

import dev.stowage.contract.call.StartingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Many callers at a barrier, let go at once. */
final class Together {

    private static final ExecutorService CALLERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stowage-contract-caller");
        thread.setDaemon(true);
        return thread;
    });

    private Together() {}

    static <T> List<T> run(List<Supplier<T>> calls) {
        StartingLine line = new StartingLine(calls.size());
        List<Future<T>> answers = new ArrayList<>();
        for (Supplier<T> call : calls) {
            answers.add(CALLERS.submit(() -> {
                line.approach();
                try {
                    return call.get();
                } finally {
                    StartingLine.leave();
                }
            }));
        }
        List<T> heard = new ArrayList<>();
        RuntimeException first = null;
        try {
            for (Future<T> answer : answers) {
                try {
                    heard.add(answer.get());
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
        return heard;
    }
}
