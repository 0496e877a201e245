package dev.stowage.junit.interleaving;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** An actor came neither to its next storage operation nor to its end: it waits for something outside the storage. */
public final class ActorDeadlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorDeadlockException(ActorThread actor, List<ActorThread> all, Duration deadline) {
        super("Actor " + actor.name() + " came neither to its next storage operation nor to its end within " + deadline
                + ": " + actor.describeLocation() + "\n  The others:" + others(actor, all)
                + "\n  Actors that wait for each other outside the storage (a lock, a latch, a future) can't be put in order:"
                + " take the lock out of the actors, or raise deadlineMillis if this one is only slow.");
    }

    private static String others(ActorThread actor, List<ActorThread> all) {
        return all.stream()
                .filter(other -> other != actor)
                .map(other -> "\n    " + other.name() + " " + state(other))
                .collect(Collectors.joining());
    }

    private static String state(ActorThread actor) {
        if (actor.ended) {
            return "has ended";
        }
        return actor.waitingFor == null ? "has not begun" : "is held at " + actor.waitingFor;
    }
}
