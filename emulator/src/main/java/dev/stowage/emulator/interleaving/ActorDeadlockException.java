package dev.stowage.emulator.interleaving;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** An actor reached neither its next storage operation nor its end in time: it waits for something outside the storage. */
public final class ActorDeadlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorDeadlockException(ScheduledActor actor, List<ScheduledActor> all, Duration deadline, String location) {
        super(
                "Actor '" + actor.name() + "' reached neither its next storage operation nor its end within "
                        + deadline.toMillis() + " ms: " + location
                        + "\n  The other actors:"
                        + others(actor, all)
                        + "\n  Actors must not wait for each other outside the storage (on a lock, a latch or a future), because only storage"
                        + " operations are scheduled. Remove that from the actors, or raise the deadline if this actor is only slow.");
    }

    private static String others(ScheduledActor actor, List<ScheduledActor> all) {
        return all.stream()
                .filter(other -> other != actor)
                .map(other -> "\n    " + other.name() + " " + other.state())
                .collect(Collectors.joining());
    }
}
