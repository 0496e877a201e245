package dev.stowage.junit.interleaving;

/** What an actor has thrown. */
public record ActorFailure(String actor, Throwable thrown) {}
