package dev.stowage.junit;

import dev.stowage.emulator.interleaving.ActorFailure;
import dev.stowage.emulator.interleaving.ReplayToken;
import dev.stowage.emulator.testing.ActorScheduler;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.function.Executable;

/** The actors of an {@link InterleavingTest}. A test adds them by name and then calls {@link #run}. */
public final class Actors {

    private final ActorScheduler scheduler;
    private boolean ran;

    Actors(ActorScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Adds an actor.
     *
     * @param body what the actor does; the same in every run
     */
    public Actors actor(String name, Executable body) {
        if (ran || scheduler.names().contains(name)) {
            throw new ExtensionConfigurationException("The actor '" + name
                    + (ran
                            ? "' was added after actors.run(): add every actor before that call."
                            : "' was already added: give each actor a different name."));
        }
        if (scheduler.names().size() == ReplayToken.MAX_ACTORS) {
            throw new ExtensionConfigurationException(
                    "An interleaving test has at most " + ReplayToken.MAX_ACTORS + " actors.");
        }
        scheduler.add(name, body::execute);
        return this;
    }

    /**
     * Runs all actors to their end, in the order of this run. An exception in an actor fails the test.
     *
     * @throws InterruptedException if the test is interrupted while it waits
     */
    public void run() throws InterruptedException {
        if (scheduler.names().size() < 2) {
            throw new ExtensionConfigurationException("An interleaving test needs at least two actors, but there "
                    + (scheduler.names().isEmpty() ? "are none" : "is only " + scheduler.names())
                    + ": actors.actor(\"ann\", () -> …).actor(\"bob\", () -> …).run(), or methods with @Actor.");
        }
        ran = true;
        List<ActorFailure> failures = scheduler.run();
        if (!failures.isEmpty()) {
            throw combined(failures);
        }
    }

    private static ActorFailedException combined(List<ActorFailure> failures) {
        ActorFailedException first = new ActorFailedException(failures.get(0));
        failures.stream().skip(1).map(ActorFailedException::new).forEach(first::addSuppressed);
        return first;
    }

    boolean haveRun() {
        return ran;
    }
}
