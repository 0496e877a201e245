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
 * Carries out one order: every actor runs on a thread of its own and stops at each of its storage operations; one at a time
 * is let go, and runs until it stops again. So nothing but the choice decides what happens.
 */
public final class ActorScheduler implements OperationInterceptor {

    /** Threads that an actor starts are the actor's. */
    private static final InheritableThreadLocal<@Nullable ActorThread> ME = new InheritableThreadLocal<>();

    private final TestScope scope;
    private final SchedulingStrategy strategy;
    private final Duration deadline;
    private final EnvironmentProbe environment;
    private final List<ActorThread> actors = new ArrayList<>();
    private final List<ScheduledStep> steps = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable String trouble;
    private boolean running;
    private boolean givenUp;

    /** @param deadline how long an actor may take from one operation to the next, in real time */
    public ActorScheduler(TestScope scope, SchedulingStrategy strategy, Duration deadline) {
        this.scope = scope;
        this.strategy = strategy;
        this.deadline = deadline;
        this.environment = new EnvironmentProbe(scope);
    }

    /** Adds an actor; the first is number 0. */
    public void add(String name, Body body) {
        int number = actors.size();
        actors.add(new ActorThread(number, name, () -> act(number, body)));
    }

    /** What an actor does. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }

    public List<String> names() {
        return actors.stream().map(ActorThread::name).toList();
    }

    /** What was done, in order. */
    public List<ScheduledStep> steps() {
        return List.copyOf(steps);
    }

    /** The order as a table, a column for each actor. */
    public String columns() {
        return OrderTable.of(names(), steps);
    }

    /**
     * Runs the actors to their end.
     *
     * @return what they have thrown, by actor; empty if nothing
     * @throws ActorDeadlockException if one doesn't come to its next operation or to its end in time
     * @throws ActorDivergenceException if they don't do what the choice expects
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
            giveUp();
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
        actor.mayGo = true;
        changed.signalAll();
        awaitPause(actor);
        ScheduledStep step =
                new ScheduledStep(actor.number(), access, environment.outcomeOf(access), environment.hasChanged());
        steps.add(step);
        strategy.executed(step);
    }

    private void awaitPause(ActorThread actor) throws InterruptedException {
        long left = deadline.toNanos();
        while (!actor.isPaused() && trouble == null) {
            if (left <= 0) {
                throw new ActorDeadlockException(actor, actors, deadline);
            }
            left = changed.awaitNanos(left);
        }
        if (trouble != null) {
            throw new ActorDivergenceException(trouble);
        }
    }

    /** Lets nobody wait any more: whoever still comes is refused. */
    private void giveUp() {
        running = false;
        givenUp = actors.stream().anyMatch(actor -> !actor.ended);
        scope.intercept(OperationInterceptor.NONE);
        changed.signalAll();
        if (givenUp) {
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
        ME.set(actor);
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
    public Reply around(Account account, StoreName store, Operation operation, Supplier<Reply> onward) {
        ActorThread actor = ME.get();
        RecordAccess access = RecordAccess.of(account, store, operation);
        lock.lock();
        try {
            if (actor == null || !actors.contains(actor)) {
                return handleForeignThread(access, onward);
            }
            awaitTurn(actor, access);
        } finally {
            lock.unlock();
        }
        return onward.get();
    }

    private void awaitTurn(ActorThread actor, RecordAccess access) {
        if (actor.waitingFor != null && !actor.mayGo) {
            reportTrouble("actor " + actor.name() + " uses the storage from two threads at once (" + actor.waitingFor
                    + ", " + access + "), and then its operations have no order. Make each of the two an actor.");
        }
        actor.waitingFor = access;
        actor.mayGo = false;
        changed.signalAll();
        while (!actor.mayGo && running && trouble == null) {
            changed.awaitUninterruptibly();
        }
        if (!actor.mayGo) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE, "The test gave the interleaving up; " + access + " was not done.");
        }
        actor.waitingFor = null;
        actor.mayGo = false;
    }

    private Reply handleForeignThread(RecordAccess access, Supplier<Reply> onward) {
        if (running) {
            reportTrouble(
                    access + " came from the thread '" + Thread.currentThread().getName()
                            + "', which is no actor's, while the actors ran: its place in the order can't be chosen. Have the app do it on"
                            + " the actor's own thread (an executor that runs at once), or make that thread an actor.");
            throw new StorageException(ErrorCode.UNAVAILABLE, String.valueOf(trouble));
        }
        return onward.get();
    }

    private void reportTrouble(String what) {
        if (trouble == null) {
            trouble = what;
        }
        changed.signalAll();
    }
}
