package dev.stowage.junit.interleaving;

/** An exception that an actor threw. */
public record ActorFailure(String actor, Throwable thrown) {}
