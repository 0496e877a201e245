package dev.stowage.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * A record as one read saw it.
 *
 * @param value the fields; empty where there is no record (GET-1)
 * @param version changes with every write and is never used again for the key; 0 where there is no record (LIN-2)
 * @param ttl what is left until the record expires, in whole seconds; empty where it doesn't
 */
public record Snapshot(Hash value, long version, Optional<Duration> ttl) {}
