package dev.stowage.storage.operation;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered to an operation that it carried out.
 *
 * @param hasResult false where the answer is <i>nothing</i>, which is not the same as null (LIST-3)
 * @param result the result in its held form (see {@link dev.stowage.storage.Hash}); a Multi's is a hash by field
 * @param version the record's version, 0 for no record; where the operation tells it
 * @param ttlSeconds what is left of the ttl, in seconds, where the operation tells it and the record expires
 */
public record Reply(boolean hasResult, @Nullable Object result, long version, OptionalLong ttlSeconds) {

    public static Reply of(@Nullable Object result) {
        return new Reply(true, result, 0, OptionalLong.empty());
    }

    public static Reply nothing() {
        return new Reply(false, null, 0, OptionalLong.empty());
    }
}
