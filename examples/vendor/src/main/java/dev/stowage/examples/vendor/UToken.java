package dev.stowage.examples.vendor;

import org.jspecify.annotations.Nullable;

/**
 * The record {@code utoken} in the app's secrets store.
 *
 * @param token null if there is none yet
 * @param issued the time of issue, in milliseconds since the epoch; 0 if there is none yet
 */
record UToken(@Nullable String token, long issued) {}
