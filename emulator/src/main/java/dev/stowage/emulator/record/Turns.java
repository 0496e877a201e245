package dev.stowage.emulator.record;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the steps of this process on one record come one after another, so that they don't repeat each other's work. Nothing depends on
 * it: if none of them has ended for long, those that wait go on without their turn, and the record's version decides, as it does between
 * processes.
 */
final class Turns {

    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(2);

    private final Duration longestStandstill;
    private final Map<RecordName, Lane> lanes = new HashMap<>();

    Turns() {
        this(LONGEST_STANDSTILL);
    }

    /** @param longestStandstill how long those that wait see none end */
    Turns(Duration longestStandstill) {
        this.longestStandstill = longestStandstill;
    }

    /** The steps on one record. */
    private static final class Lane {

        private CompletableFuture<Void> lastEnd = CompletableFuture.completedFuture(null);
        private int steps;
        private volatile long progress = System.nanoTime();
    }

    /**
     * A step's place in its lane.
     *
     * @param before completes when the step before it has ended
     */
    private record Turn(RecordName record, Lane lane, CompletableFuture<Void> before, CompletableFuture<Void> end) {}

    /** Takes a step when it is its turn. No thread waits for that. */
    <R> CompletableFuture<R> inTurn(RecordName record, Supplier<CompletableFuture<R>> step) {
        Turn turn = enter(record);
        CompletableFuture<R> result =
                turn.before().isDone() ? step.get() : await(turn).thenCompose(come -> step.get());
        return result.whenComplete((done, problem) -> leave(turn));
    }

    /** As {@link #inTurn}, for a thread that waits. */
    <R> R inTurnAndWait(RecordName record, Supplier<R> step) {
        Turn turn = enter(record);
        try {
            if (!turn.before().isDone()) {
                await(turn).join();
            }
            return step.get();
        } finally {
            leave(turn);
        }
    }

    private CompletableFuture<Void> await(Turn turn) {
        return turn.before()
                .copy()
                .completeOnTimeout(null, longestStandstill.toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(late -> turn.before().isDone() || standsStill(turn.lane())
                        ? CompletableFuture.completedFuture(null)
                        : await(turn));
    }

    private boolean standsStill(Lane lane) {
        return System.nanoTime() - lane.progress >= longestStandstill.toNanos();
    }

    private synchronized Turn enter(RecordName record) {
        Lane lane = lanes.computeIfAbsent(record, first -> new Lane());
        Turn turn = new Turn(record, lane, lane.lastEnd, new CompletableFuture<>());
        lane.lastEnd = turn.end();
        lane.steps++;
        return turn;
    }

    private void leave(Turn turn) {
        synchronized (this) {
            turn.lane().progress = System.nanoTime();
            turn.lane().steps--;
            if (turn.lane().steps == 0) {
                lanes.remove(turn.record());
            }
        }
        turn.end().complete(null);
    }
}
