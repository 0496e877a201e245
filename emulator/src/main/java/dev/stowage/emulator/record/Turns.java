package dev.stowage.emulator.record;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the steps of this process on one record come one after another, so that they don't repeat each other's work. Nothing depends on
 * it: a step that has waited long goes on without its turn, and the record's version decides, as it does between processes.
 */
final class Turns {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Duration longestWait;
    /** The end of the last step of each record that has one. */
    private final Map<RecordName, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    Turns() {
        this(LONGEST_WAIT);
    }

    Turns(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** Takes a step when it is its turn. No thread waits for that. */
    <R> CompletableFuture<R> inTurn(RecordName record, Supplier<CompletableFuture<R>> step) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> before = ends.put(record, end);
        CompletableFuture<R> result = before == null
                ? step.get()
                : before.copy()
                        .completeOnTimeout(null, longestWait.toNanos(), TimeUnit.NANOSECONDS)
                        .thenCompose(turn -> step.get());
        return result.whenComplete((done, problem) -> end(record, end));
    }

    /** As {@link #inTurn}, for a thread that waits. */
    <R> R inTurnAndWait(RecordName record, Supplier<R> step) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> before = ends.put(record, end);
        try {
            if (before != null) {
                before.copy()
                        .completeOnTimeout(null, longestWait.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
            }
            return step.get();
        } finally {
            end(record, end);
        }
    }

    private void end(RecordName record, CompletableFuture<Void> end) {
        ends.remove(record, end);
        end.complete(null);
    }
}
