package dev.stowage.storage.operation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation that was carried out.
 *
 * @param hasResult false if there is no result, which differs from the result null (LIST-3)
 * @param result the result in its canonical form (see {@link dev.stowage.storage.Hash}); for a Multi operation a hash of the
 *     results by field
 * @param version the record's version; 0 if there is no record, or the operation does not report it
 * @param ttlSeconds the remaining ttl in seconds; empty if the record does not expire, or the operation does not report it
 */
public record Reply(boolean hasResult, @Nullable Object result, long version, OptionalLong ttlSeconds) {

    /** A reply with a result, which may be null. */
    public static Reply of(@Nullable Object result) {
        return new Reply(true, result, 0, OptionalLong.empty());
    }

    /** A reply without a result. */
    public static Reply nothing() {
        return new Reply(false, null, 0, OptionalLong.empty());
    }
}
