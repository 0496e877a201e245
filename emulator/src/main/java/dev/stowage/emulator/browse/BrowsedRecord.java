package dev.stowage.emulator.browse;

import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.Hash;
import dev.stowage.storage.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record as it was stored at one moment.
 *
 * @param json the record as the wire protocol writes it
 * @param bytes its size: what counts against the limit of a record (VAL-8)
 * @param expiresAt the last second in which it can be read (TTL-3); empty without expiry
 * @param ttlSeconds the remaining time in whole seconds, by the app's clock; empty without expiry
 */
public record BrowsedRecord(
        String key, String json, int bytes, long version, Optional<Instant> expiresAt, OptionalLong ttlSeconds) {

    static BrowsedRecord of(String key, StoredRecord stored, Instant now) {
        byte[] json = stored.content().encode();
        return new BrowsedRecord(
                key,
                new String(json, StandardCharsets.UTF_8),
                json.length + WireJson.encodedLength(key),
                stored.version(),
                stored.expiresAt() == StoredRecord.NEVER
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochSecond(stored.expiresAt())),
                stored.ttlSeconds(now));
    }

    /** The fields of the record. */
    public Hash value() {
        return WireJson.decodeRecord(json.getBytes(StandardCharsets.UTF_8));
    }
}
