package dev.stowage.storage;

import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * What all four stores can do. Every operation is atomic and takes effect at one moment between call and return (LIN-1).
 *
 * <p>Any operation may fail with a {@link StorageException}: {@link ErrorCode#INVALID_KEY} (KEY-1, KEY-2),
 * {@link ErrorCode#UNAUTHENTICATED}, {@link ErrorCode#INSTALL_REVOKED}, {@link ErrorCode#NO_INSTALL_CONTEXT} (chapter 8),
 * {@link ErrorCode#THROTTLED}, {@link ErrorCode#UNAVAILABLE}, {@link ErrorCode#INTERNAL}; what else, each says. A refused
 * operation has changed nothing (ERR-1). No argument may be null.
 */
public interface Store {

    /** The record; {@link Hash#empty()} where there is none (GET-1). */
    Hash get(String key);

    /** Those of the fields that exist; an empty hash where none does, and where no field is named (GET-2). */
    Hash get(String key, Collection<String> fields);

    /**
     * The record as the user's own type, read by Jackson. A missing record reads as one without fields, so its components
     * are null (or 0, or false). The type must know every field that the record has.
     *
     * @throws StorageException {@link ErrorCode#INVALID_VALUE} if the record doesn't fit the type
     */
    <T> T get(String key, Class<T> type);

    /** The record with its version and what is left of its ttl. */
    Snapshot snapshot(String key);

    /**
     * Writes these fields and leaves every other one; a nested hash is replaced, not merged (PATCH-1). Keeps the expiry
     * (TTL-5).
     *
     * @return the complete record from before, an empty hash if there was none (PATCH-2)
     * @throws StorageException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#RECORD_TOO_LARGE} (VAL-8)
     */
    Hash patch(String key, Hash value);

    /**
     * Replaces the record by what the updater returns for the current one ({@link Hash#empty()} if none), atomically:
     * whatever other clients do meanwhile, no write is lost (PATCH-3). The updater may run several times and should do
     * nothing but compute. What it throws reaches the caller as it is, and the record is as it was (PATCH-4); what it is given is
     * immutable (PATCH-5). If an answer
     * is lost on the way ({@link ErrorCode#UNAVAILABLE}), the write may have happened: whoever patches again then, applies
     * the updater at least once, perhaps twice.
     *
     * @return the complete record from before, an empty hash if there was none (PATCH-2)
     * @throws StorageException as {@link #patch(String, Hash)}; {@link ErrorCode#VERSION_CONFLICT} if other writers won
     *     every round until the client's time limit for a patch was over
     */
    Hash patch(String key, UnaryOperator<Hash> updater);

    /** As {@link #patch(String, UnaryOperator)}, on the user's own type (see {@link #get(String, Class)}). */
    <T> T patch(String key, Class<T> type, UnaryOperator<T> updater);

    /** True exactly for a record that was written and neither deleted nor expired (EXISTS-1). */
    boolean exists(String key);

    /**
     * Replaces the record if its version is still this one; 0 stands for no record (LIN-2).
     *
     * @return the new version
     * @throws StorageException {@link ErrorCode#VERSION_CONFLICT} if it is not
     */
    long putIfVersion(String key, Hash value, long version);

    /**
     * Deletes the record if its version is still this one; 0 stands for no record (LIN-2).
     *
     * @throws StorageException {@link ErrorCode#VERSION_CONFLICT} if it is not
     */
    void deleteIfVersion(String key, long version);
}
