package dev.stowage.junit;

import dev.stowage.junit.interleaving.ActorFailure;
import dev.stowage.junit.interleaving.ActorScheduler;
import dev.stowage.junit.interleaving.ReplayToken;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.function.Executable;

/** The actors of an {@link InterleavingTest}: name them, {@link #run} them, and see what came of it. */
public final class Actors {

    private final ActorScheduler scheduler;
    private boolean ran;

    Actors(ActorScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Adds an actor. */
    public Actors actor(String name, Executable does) {
        if (ran || scheduler.names().contains(name)) {
            throw new ExtensionConfigurationException("The actor '" + name
                    + (ran
                            ? "' comes too late: the actors have run already."
                            : "' is there already: give each a name of its own."));
        }
        if (scheduler.names().size() == ReplayToken.MAX_ACTORS) {
            throw new ExtensionConfigurationException(
                    "An interleaving test has at most " + ReplayToken.MAX_ACTORS + " actors.");
        }
        scheduler.add(name, does::execute);
        return this;
    }

    /**
     * Runs the actors to their end, in this run's order. What an actor throws fails the test.
     *
     * @throws InterruptedException if the test is interrupted meanwhile
     */
    public void run() throws InterruptedException {
        if (scheduler.names().size() < 2) {
            throw new ExtensionConfigurationException("An interleaving needs two actors at least, and there "
                    + (scheduler.names().isEmpty() ? "are none" : "is only " + scheduler.names())
                    + ": actors.actor(\"ann\", () -> …).actor(\"bob\", () -> …).run(), or methods with @Actor.");
        }
        ran = true;
        List<ActorFailure> failures = scheduler.run();
        if (!failures.isEmpty()) {
            throw asOne(failures);
        }
    }

    private static ActorFailedException asOne(List<ActorFailure> failures) {
        ActorFailedException first = new ActorFailedException(failures.get(0));
        failures.stream().skip(1).map(ActorFailedException::new).forEach(first::addSuppressed);
        return first;
    }

    boolean haveRun() {
        return ran;
    }
}
