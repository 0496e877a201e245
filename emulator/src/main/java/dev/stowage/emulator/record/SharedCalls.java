package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests share calls to an engine: while a call is under way, the requests that come wait, and the next call is for all of them.
 * A request is never in a call that began before it, so it sees what was acknowledged before it (LIN-1). It takes no thread while it
 * waits.
 *
 * @param <Q> what is asked
 * @param <A> what the engine has answered
 */
final class SharedCalls<Q, A> {

    /** Longer than a call takes on an engine that is well. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** How many calls may be under way when an engine does not answer. */
    private static final int MOST_CALLS = 160;

    private final Function<List<Q>, List<A>> engine;
    private final Limits<Q> limits;
    private final Executor threads;
    private final Duration patience;
    private final Queue<Request<Q, A>> waiting = new ArrayDeque<>();
    /** Requests whose call has failed, and that wait for one of their own. */
    private final Queue<Request<Q, A>> alone = new ArrayDeque<>();
    /** The call under way that the others wait for. */
    private @Nullable Call awaited;

    private int underWay;
    private boolean isHurryPlanned;

    /**
     * How much is asked at once.
     *
     * @param requests how many requests a call may have
     * @param bytes how large they may be; a call of one request can be larger
     * @param size the size of a request, in bytes
     */
    record Limits<Q>(int requests, long bytes, ToLongFunction<Q> size) {

        static <Q> Limits<Q> of(int requests) {
            return new Limits<>(requests, Long.MAX_VALUE, query -> 0);
        }
    }

    private static final class Request<Q, A> {

        private final Q query;
        private final long since = System.nanoTime();
        private final CompletableFuture<A> answer = new CompletableFuture<>();

        Request(Q query) {
            this.query = query;
        }
    }

    /** A call to the engine. It takes what waits when it starts. */
    private static final class Call {}

    /**
     * @param engine answers all requests of a list as at one moment, in the same order
     * @param threads make the calls
     */
    SharedCalls(Function<List<Q>, List<A>> engine, Limits<Q> limits, Executor threads) {
        this(engine, limits, threads, PATIENCE);
    }

    /**
     * @param patience how long a request waits for a call under way. Then it goes on beside it, as the engine may have forgotten the call. A
     *     call that has failed after less than this fails at once
     */
    SharedCalls(Function<List<Q>, List<A>> engine, Limits<Q> limits, Executor threads, Duration patience) {
        this.engine = engine;
        this.limits = limits;
        this.threads = threads;
        this.patience = patience;
    }

    /** @return the engine's answer; fails with what the engine has thrown. What follows on it runs on the thread of the call */
    CompletableFuture<A> ask(Q query) {
        Request<Q, A> request = new Request<>(query);
        Call call;
        synchronized (this) {
            waiting.add(request);
            call = callIfFree();
            planHurry(call == null);
        }
        start(call);
        return request.answer;
    }

    /**
     * As {@link #ask}, for a thread that waits. It makes the call itself if there is nobody to share it with.
     *
     * @throws RuntimeException what the engine has thrown
     */
    A askAndWait(Q query) {
        Call own;
        synchronized (this) {
            own = isAnyWaiting() ? null : callIfFree();
        }
        if (own == null) {
            return FutureResult.of(ask(query));
        }
        try {
            return answersTo(List.of(query)).get(0);
        } finally {
            start(next(own));
        }
    }

    /** For tests: how many requests wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private @Nullable Call callIfFree() {
        return awaited == null ? begin() : null;
    }

    /** The others wait for this call now. */
    private Call begin() {
        Call call = new Call();
        awaited = call;
        underWay++;
        return call;
    }

    private void start(@Nullable Call call) {
        if (call == null) {
            return;
        }
        try {
            threads.execute(() -> makeCalls(call));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            List<Request<Q, A>> refused = new ArrayList<>();
            synchronized (this) {
                refused.addAll(waiting);
                refused.addAll(alone);
                waiting.clear();
                alone.clear();
                end(call);
            }
            refused.forEach(request -> request.answer.completeExceptionally(hasNoThread(noThread)));
        }
    }

    private void makeCalls(Call first) {
        for (Call call = first; call != null; call = next(call)) {
            make(take());
        }
    }

    /** Ends a call, and returns the one to make next; null if nobody waits for it. */
    private synchronized @Nullable Call next(Call ended) {
        return end(ended) && isAnyWaiting() ? begin() : null;
    }

    private boolean isAnyWaiting() {
        return !waiting.isEmpty() || !alone.isEmpty();
    }

    /** Returns whether others have waited for the call. */
    private boolean end(Call call) {
        underWay--;
        if (awaited != call) {
            return false;
        }
        awaited = null;
        return true;
    }

    private synchronized List<Request<Q, A>> take() {
        List<Request<Q, A>> taken = new ArrayList<>();
        if (!alone.isEmpty()) {
            taken.add(alone.remove());
            return taken;
        }
        long bytes = 0;
        for (Request<Q, A> next = waiting.peek(); next != null; next = waiting.peek()) {
            bytes += limits.size().applyAsLong(next.query);
            if (taken.size() == limits.requests() || (!taken.isEmpty() && bytes > limits.bytes())) {
                break;
            }
            taken.add(waiting.remove());
        }
        return taken;
    }

    private void make(List<Request<Q, A>> requests) {
        if (requests.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        List<A> answers;
        try {
            answers = answersTo(requests.stream().map(request -> request.query).toList());
        } catch (Throwable problem) {
            fail(requests, problem, System.nanoTime() - start);
            return;
        }
        for (int i = 0; i < requests.size(); i++) {
            requests.get(i).answer.complete(answers.get(i));
        }
    }

    private List<A> answersTo(List<Q> queries) {
        List<A> answers = engine.apply(queries);
        if (answers.size() != queries.size()) {
            throw new IllegalStateException(answers.size() + " answers to " + queries.size() + " requests");
        }
        return answers;
    }

    /** Several requests that were refused at once may be refused for one of them: each is repeated alone. Others may have been carried out. */
    private void fail(List<Request<Q, A>> requests, Throwable problem, long nanos) {
        if (requests.size() > 1 && nanos < patience.toNanos() && problem instanceof StorageException) {
            synchronized (this) {
                alone.addAll(requests);
                planHurry(true);
            }
        } else {
            requests.forEach(request -> request.answer.completeExceptionally(problem));
        }
    }

    private static StorageException hasNoThread(Throwable cause) {
        return new StorageException(
                ErrorCode.UNAVAILABLE, "The emulator was closed, or has no threads left. Nothing was done.", cause);
    }

    /** Lets requests go on that may have to wait for too long. To be called while the monitor is held. */
    private void planHurry(boolean isNeeded) {
        if (isNeeded && !isHurryPlanned) {
            isHurryPlanned = true;
            CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(this::hurry);
        }
    }

    private void hurry() {
        List<Call> begun = new ArrayList<>();
        synchronized (this) {
            isHurryPlanned = false;
            for (long calls = lateCalls(); calls > 0 && underWay < MOST_CALLS; calls--) {
                begun.add(begin());
            }
            planHurry(isAnyWaiting());
        }
        begun.forEach(this::start);
    }

    /** How many calls it takes for the requests that have waited for too long. */
    private long lateCalls() {
        long shared = waiting.stream().takeWhile(this::isLate).count();
        return alone.stream().filter(this::isLate).count() + (shared + limits.requests() - 1) / limits.requests();
    }

    private boolean isLate(Request<Q, A> request) {
        return System.nanoTime() - request.since >= patience.toNanos();
    }
}
