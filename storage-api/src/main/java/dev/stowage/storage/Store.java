package dev.stowage.storage;

import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * The operations that all four stores have. Each is atomic: it takes effect at one moment between call and return (LIN-1).
 *
 * <p>Every operation may fail with a {@link StorageException} with one of the codes {@link ErrorCode#INVALID_KEY} (KEY-1,
 * KEY-2), {@link ErrorCode#UNAUTHENTICATED}, {@link ErrorCode#INSTALL_REVOKED}, {@link ErrorCode#NO_INSTALL_CONTEXT}
 * (chapter 8 of the contract), {@link ErrorCode#THROTTLED}, {@link ErrorCode#UNAVAILABLE} and {@link ErrorCode#INTERNAL}.
 * Methods list the further codes that they fail with. A refused operation has changed nothing (ERR-1). Arguments must not be
 * null, except where they are marked as nullable.
 */
public interface Store {

    /** The record; {@link Hash#empty()} if there is none (GET-1). */
    Hash get(String key);

    /** The named fields that exist; an empty hash if none of them exists or no field is named (GET-2). */
    Hash get(String key, Collection<String> fields);

    /**
     * The record as a type of your own, converted with Jackson. A missing record is converted as one without fields: the
     * properties are null, 0 or false. Fields that the type does not have are ignored; {@link Storage#withMapper} changes
     * this and other settings.
     *
     * @throws StorageException {@link ErrorCode#INVALID_VALUE} if the record does not fit the type
     */
    <T> T get(String key, Class<T> type);

    /** The record with its version and its remaining ttl. */
    Snapshot snapshot(String key);

    /**
     * Writes the given fields and keeps all others. A nested hash is replaced, not merged (PATCH-1). Keeps the expiry
     * (TTL-5).
     *
     * @return the complete previous record; an empty hash if there was none (PATCH-2)
     * @throws StorageException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#RECORD_TOO_LARGE} (VAL-8)
     */
    Hash patch(String key, Hash value);

    /**
     * Replaces the record with the updater's result for the current record ({@link Hash#empty()} if there is none),
     * atomically: no concurrent write is lost (PATCH-3).
     *
     * <ul>
     *   <li>The updater may run several times, so it should only compute. An updater that writes to the same record in
     *       each round ends with {@link ErrorCode#INVALID_REQUEST}.
     *   <li>An exception of the updater is thrown to the caller unchanged, and the record stays unchanged (PATCH-4).
     *   <li>The hash that the updater is given is immutable (PATCH-5).
     *   <li>After {@link ErrorCode#UNAVAILABLE} the write may have happened. Calling {@code patch} again can then apply the
     *       updater twice.
     * </ul>
     *
     * @return the complete previous record; an empty hash if there was none (PATCH-2)
     * @throws StorageException as {@link #patch(String, Hash)}; {@link ErrorCode#VERSION_CONFLICT} if other writers were
     *     faster in every round until the client's time limit for a patch
     */
    Hash patch(String key, UnaryOperator<Hash> updater);

    /**
     * As {@link #patch(String, UnaryOperator)}, for a type of your own: see {@link #get(String, Class)}. Fields of the record
     * that the type does not have are kept; those inside a nested hash are not (PATCH-1).
     *
     * @return the previous record; converted as {@link #get(String, Class)} does
     */
    <T> T patch(String key, Class<T> type, UnaryOperator<T> updater);

    /** True if the record was written and neither deleted nor expired (EXISTS-1). */
    boolean exists(String key);

    /**
     * Replaces the record if it still has this version; 0 stands for no record (LIN-2).
     *
     * @return the new version
     * @throws StorageException {@link ErrorCode#VERSION_CONFLICT} if the current version is another
     */
    long putIfVersion(String key, Hash value, long version);

    /**
     * Deletes the record if it still has this version; 0 stands for no record (LIN-2).
     *
     * @throws StorageException {@link ErrorCode#VERSION_CONFLICT} if the current version is another
     */
    void deleteIfVersion(String key, long version);
}
