package dev.stowage.contract.history;

/**
 * Something that happened to the backend while calls were in progress.
 *
 * @param what such as {@code disturbance 17}
 * @param began in nanoseconds of the clock of the {@linkplain CallEvent calls}
 * @param ended in nanoseconds of the same clock
 */
public record Disturbance(String what, long began, long ended) {}
