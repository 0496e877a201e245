package dev.stowage.junit;

import dev.stowage.emulator.interleaving.ActorFailure;

/** An actor of an {@link InterleavingTest} threw an exception, which is the cause. */
public final class ActorFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorFailedException(ActorFailure failure) {
        super("actor " + failure.actor() + " threw " + failure.thrown(), failure.thrown());
    }
}
