package dev.stowage.emulator.interleaving;

/** An exception that an actor threw. */
public record ActorFailure(String actor, Throwable thrown) {}
