package dev.stowage.junit.interleaving;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** An actor reached neither its next storage operation nor its end in time: it waits for something outside the storage. */
public final class ActorDeadlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorDeadlockException(ActorThread actor, List<ActorThread> all, Duration deadline) {
        super(
                "Actor '" + actor.name() + "' reached neither its next storage operation nor its end within "
                        + deadline.toMillis() + " ms: " + actor.describeLocation() + "\n  The other actors:"
                        + others(actor, all)
                        + "\n  Actors must not wait for each other outside the storage (on a lock, a latch or a future), because only storage"
                        + " operations are scheduled. Remove the lock from the actors, or raise deadlineMillis if this actor is only slow.");
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
        return actor.waitingFor == null ? "has not started" : "is paused before " + actor.waitingFor;
    }
}
