package dev.stowage.emulator.record;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A record in a record store.
 *
 * @param version changed by every write, never reused for a key (LIN-2)
 * @param expiresAt the last second, since the epoch, in which the record exists (TTL-3), also while nobody serves (DUR-4); {@link #NEVER} without expiry
 */
public record StoredRecord(RecordContent content, long version, long expiresAt) {

    public static final long NEVER = Long.MAX_VALUE;

    /** TTL-3: a record is readable up to and including the second {@code expiresAt}. */
    public boolean isExpiredAt(Instant now) {
        return now.getEpochSecond() > expiresAt;
    }

    /** The remaining ttl in whole seconds; empty without expiry. */
    public OptionalLong ttlSeconds(Instant now) {
        return expiresAt == NEVER ? OptionalLong.empty() : OptionalLong.of(expiresAt - now.getEpochSecond());
    }
}
