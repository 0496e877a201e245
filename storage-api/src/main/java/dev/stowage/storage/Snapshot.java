package dev.stowage.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * A record at the moment of a read, with its version and its remaining ttl.
 *
 * @param value the fields; empty if there is no record (GET-1)
 * @param version changes with every write and is never reused for the key; 0 if there is no record (LIN-2)
 * @param ttl the time until the record expires, in whole seconds; empty if it does not expire
 */
public record Snapshot(Hash value, long version, Optional<Duration> ttl) {}
