package dev.stowage.examples.vendor;

import org.jspecify.annotations.Nullable;

/**
 * What the app keeps under {@code utoken} in its secrets store.
 *
 * @param token null where there is none yet
 * @param issued when it was issued, in milliseconds since the epoch; 0 where there is none yet
 */
record UToken(@Nullable String token, long issued) {}
