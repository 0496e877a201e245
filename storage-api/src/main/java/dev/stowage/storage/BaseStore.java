package dev.stowage.storage;

import java.util.Collection;

/** The secrets or the settings store: five operations, no sets (VAL-4), no ttl (TTL-9). */
public interface BaseStore extends Store {

    /**
     * Replaces the whole record: fields that the new value lacks are gone (PUT-1).
     *
     * @return true (PUT-2)
     * @throws StorageException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#RECORD_TOO_LARGE} (VAL-8)
     */
    boolean put(String key, Hash value);

    /** As {@link #put(String, Hash)}, with the user's own type, written by Jackson; its nulls are stored as null. */
    boolean put(String key, Object value);

    /**
     * Removes the record, if there is one (DEL-1).
     *
     * @return true
     */
    boolean delete(String key);

    /**
     * Removes just these fields; a record whose last field went still exists, empty (DEL-2, DEL-3).
     *
     * @return true
     */
    boolean delete(String key, Collection<String> fields);
}
