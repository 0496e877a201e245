package dev.stowage.emulator.testing;

import dev.stowage.emulator.interleaving.Account;
import dev.stowage.emulator.interleaving.ActorDivergenceException;
import dev.stowage.emulator.interleaving.ActorFailure;
import dev.stowage.emulator.interleaving.OrderRun;
import dev.stowage.emulator.interleaving.PausedOperation;
import dev.stowage.emulator.interleaving.RecordAccess;
import dev.stowage.emulator.interleaving.ScheduledStep;
import dev.stowage.emulator.interleaving.SchedulingStrategy;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes one order of actors that are threads: each of them blocks before its operations until it is its turn. */
public final class ActorScheduler implements OperationInterceptor {

    /** The actor that the current thread belongs to. Threads that an actor starts inherit it. */
    private static final InheritableThreadLocal<@Nullable ActorThread> CURRENT_ACTOR = new InheritableThreadLocal<>();

    private final TestScope scope;
    private final SchedulingStrategy strategy;
    private final Duration deadline;
    private final List<ActorThread> actors = new ArrayList<>();
    private volatile @Nullable OrderRun order;

    /** @param deadline the maximum real time that an actor may take from one operation to the next */
    public ActorScheduler(TestScope scope, SchedulingStrategy strategy, Duration deadline) {
        this.scope = scope;
        this.strategy = strategy;
        this.deadline = deadline;
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
        OrderRun run = order;
        return run == null ? List.of() : run.steps();
    }

    /** The order as a table, a column for each actor. */
    public String columns() {
        OrderRun run = order;
        return run == null ? "" : run.columns();
    }

    /**
     * Runs all actors to their end.
     *
     * @return the exceptions of the actors; empty if none threw
     * @throws dev.stowage.emulator.interleaving.ActorDeadlockException if an actor does not reach its next operation or its end in time
     * @throws ActorDivergenceException if the actors do not do what the strategy expects
     */
    public List<ActorFailure> run() throws InterruptedException {
        OrderRun run = new OrderRun(
                scope.app(),
                names(),
                strategy,
                deadline,
                number -> actors.get(number).describeLocation());
        order = run;
        run.begin();
        scope.intercept(this);
        boolean haveEnded = false;
        try {
            for (ActorThread actor : actors) {
                actor.thread().start();
                run.awaitPause(actor.number());
            }
            run.whenOver().get();
            haveEnded = true;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(failed);
        } finally {
            scope.intercept(OperationInterceptor.NONE);
            run.cancel();
            endThreads(haveEnded);
        }
        return failures();
    }

    private void endThreads(boolean haveEnded) throws InterruptedException {
        if (!haveEnded) {
            actors.forEach(actor -> actor.thread().interrupt());
        }
        for (ActorThread actor : actors) {
            TimeUnit.NANOSECONDS.timedJoin(actor.thread(), deadline.toNanos());
        }
    }

    private List<ActorFailure> failures() {
        List<ActorFailure> failures = new ArrayList<>();
        for (ActorThread actor : actors) {
            Throwable failure = actor.failure();
            if (failure != null) {
                failures.add(new ActorFailure(actor.name(), failure));
            }
        }
        return failures;
    }

    private void act(int number, Body body) {
        ActorThread actor = actors.get(number);
        CURRENT_ACTOR.set(actor);
        try {
            body.run();
        } catch (Throwable thrown) {
            actor.failed(thrown);
        }
        OrderRun run = order;
        if (run != null) {
            run.end(number);
        }
    }

    @Override
    public Reply around(Account account, StoreName store, Operation operation, Supplier<Reply> proceed) {
        OrderRun run = order;
        if (run != null) {
            awaitTurn(run, RecordAccess.of(account, store, operation));
        }
        return proceed.get();
    }

    private void awaitTurn(OrderRun run, RecordAccess access) {
        ActorThread actor = CURRENT_ACTOR.get();
        Turn turn = new Turn();
        if (actor != null && actors.contains(actor)) {
            run.arrive(actor.number(), access, turn);
        } else {
            run.arriveOutside(
                    turn,
                    access + " was called on the thread '"
                            + Thread.currentThread().getName()
                            + "', which does not belong to an actor, so its position in the order cannot be controlled. Call it on the"
                            + " actor's thread (for example with an executor that runs tasks directly), or make that thread an actor.");
        }
        turn.await();
    }

    /** An operation whose thread waits for its turn. */
    private static final class Turn implements PausedOperation {

        private final CompletableFuture<Void> decided = new CompletableFuture<>();

        @Override
        public void proceed() {
            decided.complete(null);
        }

        @Override
        public void refuse(StorageException why) {
            decided.completeExceptionally(why);
        }

        void await() {
            try {
                decided.join();
            } catch (CompletionException refused) {
                throw refused.getCause() instanceof StorageException why ? why : refused;
            }
        }
    }
}
