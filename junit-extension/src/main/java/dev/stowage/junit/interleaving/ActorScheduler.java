package dev.stowage.junit.interleaving;

import dev.stowage.junit.scope.Account;
import dev.stowage.junit.scope.OperationInterceptor;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes one order of the actors' storage operations. Every actor runs on its own thread and is paused before each of its
 * operations. One actor at a time is released and runs until its next operation, so that the {@link SchedulingStrategy} alone
 * decides the order.
 */
public final class ActorScheduler implements OperationInterceptor {

    /** The actor that the current thread belongs to. Threads that an actor starts inherit it. */
    private static final InheritableThreadLocal<@Nullable ActorThread> CURRENT_ACTOR = new InheritableThreadLocal<>();

    private final TestScope scope;
    private final SchedulingStrategy strategy;
    private final Duration deadline;
    private final EnvironmentProbe environment;
    private final List<ActorThread> actors = new ArrayList<>();
    private final List<ScheduledStep> steps = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable String problem;
    private boolean running;
    private boolean cancelled;

    /** @param deadline the maximum real time that an actor may take from one operation to the next */
    public ActorScheduler(TestScope scope, SchedulingStrategy strategy, Duration deadline) {
        this.scope = scope;
        this.strategy = strategy;
        this.deadline = deadline;
        this.environment = new EnvironmentProbe(scope);
    }

    /** Adds an actor. The first one has number 0. */
    public void add(String name, Body body) {
        int number = actors.size();
        actors.add(new ActorThread(number, name, () -> act(number, body)));
    }

    /** The code of an actor. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }

    public List<String> names() {
        return actors.stream().map(ActorThread::name).toList();
    }

    /** The operations so far, in order. */
    public List<ScheduledStep> steps() {
        return List.copyOf(steps);
    }

    /** The order as a table, a column for each actor. */
    public String columns() {
        return OrderTable.of(names(), steps);
    }

    /**
     * Runs all actors to their end.
     *
     * @return the exceptions of the actors; empty if none threw
     * @throws ActorDeadlockException if an actor does not reach its next operation or its end in time
     * @throws ActorDivergenceException if the actors do not do what the strategy expects
     */
    public List<ActorFailure> run() throws InterruptedException {
        lock.lock();
        running = true;
        scope.intercept(this);
        try {
            for (ActorThread actor : actors) {
                actor.thread().start();
                awaitPause(actor);
            }
            environment.hasChanged();
            for (SortedMap<Integer, RecordAccess> waiting = waiting(); !waiting.isEmpty(); waiting = waiting()) {
                ActorThread next = actors.get(strategy.choose(waiting));
                release(next);
            }
            strategy.allEnded();
        } finally {
            cancel();
            lock.unlock();
            join();
        }
        return failures();
    }

    private SortedMap<Integer, RecordAccess> waiting() {
        SortedMap<Integer, RecordAccess> waiting = new TreeMap<>();
        for (ActorThread actor : actors) {
            if (actor.waitingFor != null) {
                waiting.put(actor.number(), actor.waitingFor);
            }
        }
        return waiting;
    }

    private void release(ActorThread actor) throws InterruptedException {
        RecordAccess access = Objects.requireNonNull(actor.waitingFor);
        actor.released = true;
        changed.signalAll();
        awaitPause(actor);
        ScheduledStep step =
                new ScheduledStep(actor.number(), access, environment.outcomeOf(access), environment.hasChanged());
        steps.add(step);
        strategy.executed(step);
    }

    private void awaitPause(ActorThread actor) throws InterruptedException {
        long remaining = deadline.toNanos();
        while (!actor.isPaused() && problem == null) {
            if (remaining <= 0) {
                throw new ActorDeadlockException(actor, actors, deadline);
            }
            remaining = changed.awaitNanos(remaining);
        }
        if (problem != null) {
            throw new ActorDivergenceException(problem);
        }
    }

    /** Releases all paused actors; their further operations are refused. */
    private void cancel() {
        running = false;
        cancelled = actors.stream().anyMatch(actor -> !actor.ended);
        scope.intercept(OperationInterceptor.NONE);
        changed.signalAll();
        if (cancelled) {
            actors.forEach(actor -> actor.thread().interrupt());
        }
    }

    private void join() throws InterruptedException {
        for (ActorThread actor : actors) {
            TimeUnit.NANOSECONDS.timedJoin(actor.thread(), deadline.toNanos());
        }
    }

    private List<ActorFailure> failures() {
        List<ActorFailure> failures = new ArrayList<>();
        for (ActorThread actor : actors) {
            if (actor.failure != null) {
                failures.add(new ActorFailure(actor.name(), actor.failure));
            }
        }
        return failures;
    }

    private void act(int number, Body body) {
        ActorThread actor = actors.get(number);
        CURRENT_ACTOR.set(actor);
        @Nullable Throwable failure = null;
        try {
            body.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        lock.lock();
        try {
            actor.failure = failure;
            actor.ended = true;
            actor.waitingFor = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply around(Account account, StoreName store, Operation operation, Supplier<Reply> proceed) {
        ActorThread actor = CURRENT_ACTOR.get();
        RecordAccess access = RecordAccess.of(account, store, operation);
        lock.lock();
        try {
            if (actor == null || !actors.contains(actor)) {
                return handleForeignThread(access, proceed);
            }
            awaitTurn(actor, access);
        } finally {
            lock.unlock();
        }
        return proceed.get();
    }

    private void awaitTurn(ActorThread actor, RecordAccess access) {
        if (actor.waitingFor != null && !actor.released) {
            reportProblem("Actor '" + actor.name() + "' uses the storage from two threads at once (" + actor.waitingFor
                    + ", " + access
                    + "), so its operations have no defined order. Make each of the two threads an actor.");
        }
        actor.waitingFor = access;
        actor.released = false;
        changed.signalAll();
        while (!actor.released && running && problem == null) {
            changed.awaitUninterruptibly();
        }
        if (!actor.released) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE, "The interleaving test was cancelled, so " + access + " was not done.");
        }
        actor.waitingFor = null;
        actor.released = false;
    }

    private Reply handleForeignThread(RecordAccess access, Supplier<Reply> proceed) {
        if (running) {
            reportProblem(
                    access + " was called on the thread '"
                            + Thread.currentThread().getName()
                            + "', which does not belong to an actor, so its position in the order cannot be controlled. Call it on the"
                            + " actor's thread (for example with an executor that runs tasks directly), or make that thread an actor.");
            throw new StorageException(ErrorCode.UNAVAILABLE, String.valueOf(problem));
        }
        return proceed.get();
    }

    private void reportProblem(String message) {
        if (problem == null) {
            problem = message;
        }
        changed.signalAll();
    }
}
