package dev.stowage.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;

/**
 * The secrets or the settings store: {@code get}, {@code put}, {@code patch}, {@code delete} and {@code exists}, without
 * sets (VAL-4) and without ttl (TTL-9).
 */
public interface BaseStore extends Store {

    /**
     * Replaces the whole record: fields that are not in the new value are removed (PUT-1).
     *
     * @return true (PUT-2)
     * @throws StorageException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#RECORD_TOO_LARGE} (VAL-8)
     */
    boolean put(String key, Hash value);

    /** As {@link #put(String, Hash)}, for a type of your own, converted with Jackson. Null properties are stored as null. */
    boolean put(String key, Object value);

    /**
     * Removes the record; a missing record is no error (DEL-1).
     *
     * @return true
     */
    boolean delete(String key);

    /**
     * Removes only the named fields (DEL-2). A record without fields still exists, empty (DEL-3).
     *
     * @return true
     */
    boolean delete(String key, Collection<String> fields);

    /** The same store, converting types of your own with this mapper: see {@link Storage#withMapper}. */
    default BaseStore withMapper(ObjectMapper mapper) {
        throw new UnsupportedOperationException(
                "This store has no mapper: " + getClass().getName());
    }
}
