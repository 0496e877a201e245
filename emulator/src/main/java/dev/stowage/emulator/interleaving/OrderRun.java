package dev.stowage.emulator.interleaving;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Executes one order of the actors' storage operations. Every actor is paused before each of its operations. One actor at a time goes
 * on, until its next operation or its end, so that the {@link SchedulingStrategy} alone decides the order. The actors may be threads
 * of this process or clients in other processes. Occupies no thread. Thread-safe.
 */
public final class OrderRun {

    private final SchedulingStrategy strategy;
    private final Duration deadline;
    private final IntFunction<String> location;
    private final EnvironmentProbe environment;
    private final List<ScheduledActor> actors;
    private final List<ScheduledStep> steps = new ArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Runnable> effects = new ArrayList<>();
    private @Nullable ScheduledStep begun;
    private boolean isBegun;
    private boolean isOver;
    private long lastEvent = System.nanoTime();
    private CompletableFuture<Void> timer = new CompletableFuture<>();

    /**
     * Begins an order.
     *
     * @param actors the names of the actors, whose numbers are their places in the list
     * @param deadline how long an actor may take from one operation to the next, in real time
     * @param location describes where the actor with a number is, for the message about one that takes longer
     */
    public OrderRun(
            AppUnderTest app,
            List<String> actors,
            SchedulingStrategy strategy,
            Duration deadline,
            IntFunction<String> location) {
        this.strategy = strategy;
        this.deadline = deadline;
        this.location = location;
        this.environment = new EnvironmentProbe(app);
        this.actors = IntStream.range(0, actors.size())
                .mapToObj(number -> new ScheduledActor(number, actors.get(number)))
                .toList();
        startTimer(deadline.toNanos());
    }

    /** Something that happens under the lock. What it does to operations is done after the lock was released. */
    private void locked(Runnable event) {
        List<Runnable> then;
        lock.lock();
        try {
            event.run();
            changed.signalAll();
            then = effects;
            effects = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        then.forEach(Runnable::run);
    }

    /** An actor has arrived at an operation, and waits for its turn. */
    public void arrive(int number, RecordAccess access, PausedOperation operation) {
        locked(() -> {
            if (isOver) {
                effects.add(() -> operation.refuse(cancelled(access)));
                return;
            }
            ScheduledActor actor = actors.get(number);
            RecordAccess other = actor.waitingFor();
            if (other != null) {
                effects.add(() -> operation.refuse(cancelled(access)));
                fail(
                        new ActorDivergenceException(
                                "Actor '" + actor.name() + "' has two operations at once ("
                                        + other + ", " + access
                                        + "), so its operations have no defined order. Wait for each operation before the next, or make each of the two an actor."));
                return;
            }
            actor.pause(access, operation);
            advance();
        });
    }

    /**
     * An operation has arrived that belongs to no actor. It passes before the first and after the last operation of the actors; between
     * them it ends the order.
     *
     * @param problem says why it must not be there
     */
    public void arriveOutside(PausedOperation operation, String problem) {
        locked(() -> {
            if (isOver || !isBegun) {
                lastEvent = System.nanoTime();
                effects.add(operation::proceed);
            } else {
                effects.add(() -> operation.refuse(new StorageException(ErrorCode.UNAVAILABLE, problem)));
                fail(new ActorDivergenceException(problem));
            }
        });
    }

    /** From now on, an operation that belongs to no actor ends the order. Otherwise that is so when the first actor has arrived. */
    public void begin() {
        locked(() -> isBegun = true);
    }

    /** An actor has ended. */
    public void end(int number) {
        locked(() -> {
            if (!isOver) {
                actors.get(number).end();
                advance();
            }
        });
    }

    /** Whether the order has succeeded or failed. {@link #whenOver} completes at once then, if it has not yet. */
    public boolean isOver() {
        lock.lock();
        try {
            return isOver;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the order. Operations that wait, and further operations of the actors, are refused. */
    public void cancel() {
        locked(() -> fail(new ActorDivergenceException("The order was cancelled.")));
    }

    private static StorageException cancelled(RecordAccess access) {
        return new StorageException(
                ErrorCode.UNAVAILABLE, "The interleaving test was cancelled, so " + access + " was not done.");
    }

    /** Lets the next actor go on, if all are paused. */
    private void advance() {
        lastEvent = System.nanoTime();
        isBegun = true;
        if (actors.stream().anyMatch(actor -> !actor.isPaused())) {
            return;
        }
        try {
            recordStep();
            SortedMap<Integer, RecordAccess> waiting = waiting();
            if (waiting.isEmpty()) {
                strategy.allEnded();
                succeed();
            } else {
                ScheduledActor next = actors.get(strategy.choose(waiting));
                begun = new ScheduledStep(next.number(), Objects.requireNonNull(next.waitingFor()), "", false);
                effects.add(next.resume()::proceed);
            }
        } catch (ActorDivergenceException problem) {
            fail(problem);
        }
    }

    /** The step whose actor has paused again. */
    private void recordStep() {
        ScheduledStep last = begun;
        if (last == null) {
            environment.hasChanged();
            return;
        }
        ScheduledStep step = new ScheduledStep(
                last.actor(), last.access(), environment.outcomeOf(last.access()), environment.hasChanged());
        begun = null;
        steps.add(step);
        strategy.executed(step);
    }

    private SortedMap<Integer, RecordAccess> waiting() {
        SortedMap<Integer, RecordAccess> waiting = new TreeMap<>();
        for (ScheduledActor actor : actors) {
            RecordAccess access = actor.waitingFor();
            if (access != null) {
                waiting.put(actor.number(), access);
            }
        }
        return waiting;
    }

    private void succeed() {
        isOver = true;
        effects.add(() -> over.complete(null));
        effects.add(() -> timer.complete(null));
    }

    private void fail(RuntimeException problem) {
        if (isOver) {
            return;
        }
        isOver = true;
        for (ScheduledActor actor : actors) {
            RecordAccess access = actor.waitingFor();
            if (access != null) {
                PausedOperation operation = actor.resume();
                effects.add(() -> operation.refuse(cancelled(access)));
            }
        }
        effects.add(() -> over.completeExceptionally(problem));
        effects.add(() -> timer.complete(null));
    }

    private void startTimer(long nanos) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        timer = next;
        var unused = next.orTimeout(nanos, TimeUnit.NANOSECONDS).handle((stopped, problem) -> {
            if (problem instanceof TimeoutException) {
                locked(this::checkDeadline);
            }
            return null;
        });
    }

    private void checkDeadline() {
        if (isOver) {
            return;
        }
        long left = deadline.toNanos() - (System.nanoTime() - lastEvent);
        if (left > 0) {
            startTimer(left);
            return;
        }
        actors.stream()
                .filter(actor -> !actor.isPaused())
                .findFirst()
                .ifPresent(late ->
                        fail(new ActorDeadlockException(late, actors, deadline, location.apply(late.number()))));
    }

    /** Blocks until an actor is paused or has ended, or the order is over. */
    public void awaitPause(int number) throws InterruptedException {
        lock.lock();
        try {
            while (!actors.get(number).isPaused() && !isOver) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes when all actors have ended. Fails with an {@link ActorDeadlockException} if an actor does not reach its next operation
     * or its end in time, and with an {@link ActorDivergenceException} if the actors do not do what the strategy expects.
     */
    public CompletableFuture<Void> whenOver() {
        return over.copy();
    }

    /** The operations so far, in order. */
    public List<ScheduledStep> steps() {
        lock.lock();
        try {
            return List.copyOf(steps);
        } finally {
            lock.unlock();
        }
    }

    /** The order as a table, a column for each actor. */
    public String columns() {
        return OrderTable.of(actors.stream().map(ScheduledActor::name).toList(), steps());
    }

    /** Where each actor is: ended, paused before an operation, running, or not started; by its name. */
    public List<String> states() {
        lock.lock();
        try {
            return actors.stream()
                    .map(actor -> actor.name() + " " + actor.state())
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
