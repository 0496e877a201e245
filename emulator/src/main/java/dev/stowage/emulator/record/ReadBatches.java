package dev.stowage.emulator.record;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads share calls to an engine: while a call is under way, the reads that come wait, and the next call is for all of them. A
 * read is never in a call that began before the read did, so it sees what was acknowledged before it (LIN-1).
 *
 * @param <Q> what is read
 * @param <A> what was found
 */
final class ReadBatches<Q, A> {

    /** Longer than a call takes on an engine that is well. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Function<List<Q>, List<A>> engine;
    private final int mostAtOnce;
    private final Duration patience;
    private final Queue<Read<Q, A>> waiting = new ArrayDeque<>();
    /** The call under way that the others wait for. */
    private @Nullable Call<Q, A> current;

    /** One thread's read. Its fields are set before its turn completes. */
    private static final class Read<Q, A> {

        private final Q query;
        /** Completes with the call that its thread has to make, or with none when another thread has made it. */
        private final CompletableFuture<Optional<Call<Q, A>>> turn = new CompletableFuture<>();

        private @Nullable A answer;
        private @Nullable Throwable failure;
        private boolean isToRepeat;

        Read(Q query) {
            this.query = query;
        }
    }

    /** A call to the engine. The thread of the first read makes it. */
    private static final class Call<Q, A> {

        private final List<Read<Q, A>> reads = new ArrayList<>();
    }

    /**
     * @param engine reads all of a list at one moment, and returns what it has found in the same order
     * @param mostAtOnce how many reads a call may have
     */
    ReadBatches(Function<List<Q>, List<A>> engine, int mostAtOnce) {
        this(engine, mostAtOnce, PATIENCE);
    }

    /**
     * @param patience how long a read waits for a call under way. Then it goes on beside it, as the engine may have forgotten the call. A
     *     call that has failed after less than this fails at once
     */
    ReadBatches(Function<List<Q>, List<A>> engine, int mostAtOnce, Duration patience) {
        this.engine = engine;
        this.mostAtOnce = mostAtOnce;
        this.patience = patience;
    }

    /** @throws RuntimeException what the engine has thrown */
    A read(Q query) {
        Read<Q, A> read = new Read<>(query);
        begin(read).or(() -> awaitTurn(read)).ifPresent(this::make);
        return read.isToRepeat ? engine.apply(List.of(query)).get(0) : answerOf(read);
    }

    private static <A> A answerOf(Read<?, A> read) {
        if (read.failure instanceof Error error) {
            throw error;
        }
        if (read.failure instanceof RuntimeException problem) {
            throw problem;
        }
        return Objects.requireNonNull(read.answer);
    }

    /** Returns the call to make; none if the read has to wait. */
    private synchronized Optional<Call<Q, A>> begin(Read<Q, A> read) {
        if (current != null) {
            waiting.add(read);
            return Optional.empty();
        }
        return Optional.of(callFor(read));
    }

    /** For tests: how many reads wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private Call<Q, A> callFor(Read<Q, A> first) {
        Call<Q, A> call = new Call<>();
        call.reads.add(first);
        while (!waiting.isEmpty() && call.reads.size() < mostAtOnce) {
            call.reads.add(waiting.remove());
        }
        current = call;
        return call;
    }

    private Optional<Call<Q, A>> awaitTurn(Read<Q, A> read) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return read.turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException late) {
                    Optional<Call<Q, A>> beside = goOnBeside(read);
                    if (beside.isPresent()) {
                        return beside;
                    }
                } catch (InterruptedException later) {
                    // The engine bounds how long this takes.
                    interrupted = true;
                }
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The others wait for this call now. None if the read is in a call that has begun. */
    private synchronized Optional<Call<Q, A>> goOnBeside(Read<Q, A> read) {
        return waiting.remove(read) ? Optional.of(callFor(read)) : Optional.empty();
    }

    private void make(Call<Q, A> call) {
        long start = System.nanoTime();
        List<A> answers = List.of();
        Throwable failure = null;
        try {
            answers = engine.apply(call.reads.stream().map(read -> read.query).toList());
            if (answers.size() != call.reads.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + call.reads.size() + " reads");
            }
        } catch (RuntimeException | Error problem) {
            failure = problem;
        }
        letNextBegin(call);
        // Several reads that fail at once may fail for one of them, or for their thread: each is repeated alone.
        boolean isToRepeat = failure != null && call.reads.size() > 1 && System.nanoTime() - start < patience.toNanos();
        for (int i = 0; i < call.reads.size(); i++) {
            Read<Q, A> read = call.reads.get(i);
            read.answer = failure == null ? answers.get(i) : null;
            read.failure = failure;
            read.isToRepeat = isToRepeat;
            read.turn.complete(Optional.empty());
        }
    }

    private void letNextBegin(Call<Q, A> ended) {
        Read<Q, A> first;
        Call<Q, A> next;
        synchronized (this) {
            if (current != ended) {
                return;
            }
            current = null;
            first = waiting.poll();
            if (first == null) {
                return;
            }
            next = callFor(first);
        }
        first.turn.complete(Optional.of(next));
    }
}
