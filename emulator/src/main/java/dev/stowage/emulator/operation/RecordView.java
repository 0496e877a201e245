package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record that an operation works on, and the time.
 *
 * @param record the record; null if it does not exist or has expired (TTL-2)
 */
record RecordView(StoreName store, String key, @Nullable StoredRecord record, Instant now) {

    static RecordView at(Instant now, StoreName store, String key, @Nullable StoredRecord stored) {
        return new RecordView(store, key, stored == null || stored.isExpiredAt(now) ? null : stored, now);
    }

    boolean isMissing() {
        return record == null;
    }

    RecordContent content() {
        return record == null ? RecordContent.empty() : record.content();
    }

    Hash hash() {
        return content().hash();
    }

    long version() {
        return record == null ? 0 : record.version();
    }

    /** TTL-4 to TTL-7: the expiry after a write with this ttl. */
    long expiryAfter(Ttl ttl) {
        if (ttl.isKeep()) {
            return record == null ? StoredRecord.NEVER : record.expiresAt();
        }
        return ttl.duration()
                .map(duration -> now.getEpochSecond() + duration.toSeconds())
                .orElse(StoredRecord.NEVER);
    }

    Change write(RecordContent content, Ttl ttl) {
        return new Change.Write(content, expiryAfter(ttl));
    }
}
