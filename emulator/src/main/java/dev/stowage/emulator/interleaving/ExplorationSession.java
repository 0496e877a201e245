package dev.stowage.emulator.interleaving;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.app.TestSession;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.gate.HeldOperation;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An exploration whose actors are clients in other processes, in any language. Their operations wait at the app's gate, and the name
 * that a client gives itself tells which actor it is.
 */
public final class ExplorationSession implements TestSession {

    /** The deadline of an actor is shorter: see {@link OrderRun}. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final long sessionId;
    private final AppUnderTest app;
    private final List<String> actors;
    private final Orders orders;
    private final Duration deadline;
    private @Nullable OrderRun run;
    private @Nullable Hold hold;
    private CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
    private boolean isDone;

    public ExplorationSession(long sessionId, AppUnderTest app, List<String> actors, Orders orders, Duration deadline) {
        this.sessionId = sessionId;
        this.app = app;
        this.actors = List.copyOf(actors);
        this.orders = orders;
        this.deadline = deadline;
    }

    @Override
    public long sessionId() {
        return sessionId;
    }

    @Override
    public String appId() {
        return app.appId();
    }

    public Orders orders() {
        return orders;
    }

    public List<String> actors() {
        return actors;
    }

    /** Whether there is no further order. */
    public synchronized boolean isDone() {
        return isDone;
    }

    /**
     * Checks that the last order is over and that its actors did what was expected of them.
     *
     * @throws StorageException {@code invalid_request} otherwise
     */
    public synchronized void checkOver() {
        if (!over.isDone()) {
            throw refused("Order " + orders.begun() + " is not over: "
                    + String.join(", ", requireRun().states())
                    + ". Call .../actors/{actor}/end when an actor has ended.");
        }
        if (over.isCompletedExceptionally()) {
            throw refused("Order " + orders.begun() + " has failed, so no further one can be chosen. Read .../result.");
        }
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }

    /**
     * Begins the next order, if there is one. The last one is taken to have passed. From now on, the operations of the actors wait for
     * their turn.
     */
    public synchronized boolean begin() {
        checkOver();
        Optional<SchedulingStrategy> strategy = orders.next();
        isDone = strategy.isEmpty();
        strategy.ifPresent(chosen -> {
            OrderRun next = new OrderRun(
                    app, actors, chosen, deadline, number -> "its client has sent neither an operation nor its end.");
            Hold opened = app.gate().hold(CallMatch.any(), LONGEST_WAIT, held -> arrived(next, held));
            run = next;
            hold = opened;
            over = next.whenOver().whenComplete((ended, problem) -> opened.close());
        });
        return !isDone;
    }

    private void arrived(OrderRun order, HeldOperation held) {
        Call call = held.call();
        int account = call.installId().isPresent()
                ? app.accountNumber(call.installId().getAsLong())
                : RecordAccess.WHOLE_APP;
        RecordAccess access = RecordAccess.of(new Account("", account), call.store(), call.operation());
        PausedOperation paused = new PausedOperation() {
            @Override
            public void proceed() {
                held.releaseHere();
            }

            @Override
            public void refuse(StorageException why) {
                held.refuse(why);
            }
        };
        int actor = actors.indexOf(call.client());
        if (actor >= 0) {
            order.arrive(actor, access, paused);
        } else {
            order.arriveOutside(
                    paused,
                    access + " was called by '" + call.client()
                            + "', which is no actor, while the actors run, so its position in the order cannot be controlled. Call it from"
                            + " the code of an actor, not from a timer or a queue that began before. Over HTTP, an actor sends its name in"
                            + " the header Stowage-Actor: " + String.join(", ", actors) + ".");
        }
    }

    /**
     * An actor has ended in the current order.
     *
     * @return whether the order is over with it, or was over before
     * @throws StorageException {@code not_found} if there is no such actor; {@code invalid_request} if there is no order
     */
    public boolean end(String actor) {
        int number = actors.indexOf(actor);
        if (number < 0) {
            throw new StorageException(
                    ErrorCode.NOT_FOUND,
                    "The exploration has no actor '" + actor + "'. Its actors: " + String.join(", ", actors) + ".");
        }
        OrderRun order = requireRun();
        order.end(number);
        return order.isOver();
    }

    /** The current order. */
    public synchronized OrderRun requireRun() {
        OrderRun current = run;
        if (current == null) {
            throw refused("No order has begun: call .../orders.");
        }
        return current;
    }

    /** Completes when the current order is over. Fails as {@link OrderRun#whenOver} does. */
    public synchronized CompletableFuture<Void> whenOver() {
        requireRun();
        return over.copy();
    }

    /** Ends the current order, and refuses what waits. */
    @Override
    public synchronized void close() {
        OrderRun last = run;
        Hold opened = hold;
        if (last != null && opened != null) {
            last.cancel();
            opened.close();
        }
    }
}
