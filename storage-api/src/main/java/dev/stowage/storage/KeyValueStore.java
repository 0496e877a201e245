package dev.stowage.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key-value store of an install, or the one that an app's installs share: TTL, counters, lists and sets.
 *
 * <p>Whatever grows a record above 409,600 bytes fails with {@link ErrorCode#RECORD_TOO_LARGE} and leaves it as it was
 * (VAL-8). A <i>Multi</i> operation is all or nothing. List and set operations and {@code delete} of fields keep the
 * expiry (TTL-7).
 */
public interface KeyValueStore extends Store {

    /**
     * Replaces the whole record and leaves it without expiry (PUT-1, TTL-4).
     *
     * @return the previous record, an empty hash if there was none (PUT-2)
     */
    Hash put(String key, Hash value);

    /** As {@link #put(String, Hash)}, expiring that long after the operation (TTL-1). */
    Hash put(String key, Hash value, Duration ttl);

    /** As {@link #put(String, Hash)}, with the user's own type, written by Jackson; its nulls are stored as null. */
    Hash put(String key, Object value);

    /** As {@link #put(String, Object)}, expiring that long after the operation (TTL-1). */
    Hash put(String key, Object value, Duration ttl);

    /** As {@link #patch(String, Hash)}, and does with the expiry what the ttl says (TTL-5). */
    Hash patch(String key, Hash value, Ttl ttl);

    /** As {@link #patch(String, java.util.function.UnaryOperator)}; the updater sees and may change the ttl (TTL-6). */
    Hash patch(String key, Updater updater);

    /** As {@link #patch(String, Updater)}; this ttl applies where the updater left it untouched (TTL-6). */
    Hash patch(String key, Updater updater, Ttl ttl);

    /**
     * Removes the record.
     *
     * @return the deleted record, an empty hash if there was none (DEL-1)
     */
    Hash delete(String key);

    /**
     * Removes just these fields; a record whose last field went still exists, empty (DEL-3).
     *
     * @return exactly the removed fields with their values (DEL-2)
     */
    Hash delete(String key, Collection<String> fields);

    /** As {@link #putIfVersion(String, Hash, long)}, and does with the expiry what the ttl says. */
    long putIfVersion(String key, Hash value, long version, Ttl ttl);

    /** Adds 1: as {@link #increment(String, String, double)}. */
    double increment(String key, String field);

    /**
     * Adds to a numeric field; a missing record or field starts at nothing (INC-1, INC-2). The amount may be negative or
     * a fraction. Of many increments at once none is lost, and each answers another value (INC-5).
     *
     * @return the value after it
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a number (INC-3)
     */
    double increment(String key, String field, double amount);

    /** As {@link #increment(String, String, double)}, and does with the expiry what the ttl says (TTL-5). */
    double increment(String key, String field, double amount, Ttl ttl);

    /** The value of every named field after its increment; all or nothing (INC-4). */
    Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts);

    /** As {@link #incrementMulti(String, Map)}, and does with the expiry what the ttl says (TTL-5). */
    Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts, Ttl ttl);

    /** Adds at the end of a list; a missing record or field becomes a list (LIST-1). Not a list: WRONG_TYPE (LIST-6). */
    void append(String key, String field, @Nullable Object value);

    /** Adds at the end of each list, in the order given (LIST-2). */
    void appendMulti(String key, Map<String, ? extends Collection<?>> values);

    /** Adds at the front of a list; a missing record or field becomes a list (LIST-1). Not a list: WRONG_TYPE (LIST-6). */
    void unshift(String key, String field, @Nullable Object value);

    /** Adds at the front of each list and keeps the order given: [1, 2] onto [3] gives [1, 2, 3] (LIST-2). */
    void unshiftMulti(String key, Map<String, ? extends Collection<?>> values);

    /**
     * Removes the first element. Creates nothing; of many shifts at once no two get the same element (LIST-3, LIST-8).
     *
     * @return the element, or nothing where the list is missing or empty
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a list (LIST-6)
     */
    Element shift(String key, String field);

    /** Removes up to so many elements from the front of each list; a missing one answers [] (LIST-4). */
    Map<String, List<@Nullable Object>> shiftMulti(String key, Map<String, Integer> counts);

    /** The first element, left where it is; nothing also where the field is no list (LIST-5). */
    Element peek(String key, String field);

    /** Up to so many elements from the front of each list; [] also where the field is no list (LIST-5). */
    Map<String, List<@Nullable Object>> peekMulti(String key, Map<String, Integer> counts);

    /**
     * Adds a member; a missing record or field becomes a set (SET-1). Of many adds of one value at once exactly one answers
     * true (SET-7).
     *
     * @return true if it is new
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a NumberSet (SET-5)
     */
    boolean addNumber(String key, String field, double value);

    /** Per field the values that were new (SET-2). */
    Map<String, NumberSet> addNumberMulti(String key, Map<String, ? extends Collection<? extends Number>> values);

    /** Removes a member; true if it was one. Creates nothing (SET-3). */
    boolean removeNumber(String key, String field, double value);

    /** Per field the values that were members and are no longer (SET-3). */
    Map<String, NumberSet> removeNumberMulti(String key, Map<String, ? extends Collection<? extends Number>> values);

    /** True if the value is a member (SET-4). */
    boolean hasNumber(String key, String field, double value);

    /** Per field those of the values that are members (SET-4). */
    Map<String, NumberSet> hasNumberMulti(String key, Map<String, ? extends Collection<? extends Number>> values);

    /** As {@link #addNumber}, for a StringSet. */
    boolean addString(String key, String field, String value);

    /** As {@link #addNumberMulti}, for StringSets. */
    Map<String, StringSet> addStringMulti(String key, Map<String, ? extends Collection<String>> values);

    /** As {@link #removeNumber}, for a StringSet. */
    boolean removeString(String key, String field, String value);

    /** As {@link #removeNumberMulti}, for StringSets. */
    Map<String, StringSet> removeStringMulti(String key, Map<String, ? extends Collection<String>> values);

    /** As {@link #hasNumber}, for a StringSet. */
    boolean hasString(String key, String field, String value);

    /** As {@link #hasNumberMulti}, for StringSets. */
    Map<String, StringSet> hasStringMulti(String key, Map<String, ? extends Collection<String>> values);
}
