package dev.stowage.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store, with expiry, counters, lists and sets: an install's own, or the one shared by all installs of an app.
 *
 * <ul>
 *   <li>An operation that would grow a record above 409,600 bytes fails with {@link ErrorCode#RECORD_TOO_LARGE} (VAL-8).
 *   <li>A <i>Multi</i> operation changes all of its fields or none.
 *   <li>List and set operations and {@code delete} of fields keep the expiry (TTL-7).
 * </ul>
 */
public interface KeyValueStore extends Store {

    /**
     * Replaces the whole record and removes its expiry (PUT-1, TTL-4).
     *
     * @return the previous record, an empty hash if there was none (PUT-2)
     */
    Hash put(String key, Hash value);

    /** As {@link #put(String, Hash)}. The record expires after the ttl, counted from the operation (TTL-1). */
    Hash put(String key, Hash value, Duration ttl);

    /** As {@link #put(String, Hash)}, for a type of your own, converted with Jackson. Null properties are stored as null. */
    Hash put(String key, Object value);

    /** As {@link #put(String, Object)}. The record expires after the ttl, counted from the operation (TTL-1). */
    Hash put(String key, Object value, Duration ttl);

    /** As {@link #patch(String, Hash)}; {@code ttl} keeps, removes or restarts the expiry (TTL-5). */
    Hash patch(String key, Hash value, Ttl ttl);

    /** As {@link #patch(String, java.util.function.UnaryOperator)}; the updater can also read and change the ttl (TTL-6). */
    Hash patch(String key, Updater updater);

    /** As {@link #patch(String, Updater)}; {@code ttl} applies if the updater does not change the ttl (TTL-6). */
    Hash patch(String key, Updater updater, Ttl ttl);

    /**
     * Removes the record.
     *
     * @return the deleted record, an empty hash if there was none (DEL-1)
     */
    Hash delete(String key);

    /**
     * Removes only the named fields. A record without fields still exists, empty (DEL-3).
     *
     * @return exactly the removed fields with their values (DEL-2)
     */
    Hash delete(String key, Collection<String> fields);

    /** As {@link #putIfVersion(String, Hash, long)}; {@code ttl} keeps, removes or restarts the expiry. */
    long putIfVersion(String key, Hash value, long version, Ttl ttl);

    /** Adds 1: as {@link #increment(String, String, double)}. */
    double increment(String key, String field);

    /**
     * Adds to a numeric field (INC-1). A missing record or field is created with the amount (INC-2). The amount may be
     * negative, zero or a fraction. Concurrent increments are never lost (INC-5).
     *
     * @return the value after the increment
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a number (INC-3)
     */
    double increment(String key, String field, double amount);

    /** As {@link #increment(String, String, double)}; {@code ttl} keeps, removes or restarts the expiry (TTL-5). */
    double increment(String key, String field, double amount, Ttl ttl);

    /**
     * Increments several fields: all of them or none (INC-4).
     *
     * @return the value of each field after its increment
     */
    Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts);

    /** As {@link #incrementMulti(String, Map)}; {@code ttl} keeps, removes or restarts the expiry (TTL-5). */
    Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts, Ttl ttl);

    /**
     * Adds a value at the end of a list. A missing record or field is created (LIST-1).
     *
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a list (LIST-6)
     */
    void append(String key, String field, @Nullable Object value);

    /** As {@link #append}, with several values for each of several fields, in the given order (LIST-2). */
    void appendMulti(String key, Map<String, ? extends Collection<?>> values);

    /**
     * Adds a value at the front of a list. A missing record or field is created (LIST-1).
     *
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a list (LIST-6)
     */
    void unshift(String key, String field, @Nullable Object value);

    /**
     * As {@link #unshift}, with several values for each of several fields, in the given order: adding [1, 2] to [3] gives
     * [1, 2, 3] (LIST-2).
     */
    void unshiftMulti(String key, Map<String, ? extends Collection<?>> values);

    /**
     * Removes the first element of a list (LIST-3). A missing list is not created. Concurrent calls never return the same
     * element (LIST-8).
     *
     * @return the element; {@link Element#nothing()} if the list is missing or empty
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a list (LIST-6)
     */
    Element shift(String key, String field);

    /**
     * Removes elements from the front of each list (LIST-4).
     *
     * @param counts the largest number of elements to remove from each list
     * @return the removed elements of each list; [] for a list that is missing
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if a field is not a list (LIST-6)
     */
    Map<String, List<@Nullable Object>> shiftMulti(String key, Map<String, Integer> counts);

    /**
     * The first element of a list (LIST-5).
     *
     * @return the element; {@link Element#nothing()} if the list is missing or empty, or the field is not a list
     */
    Element peek(String key, String field);

    /**
     * The first elements of each list (LIST-5).
     *
     * @param counts the largest number of elements to return from each list
     * @return the elements of each list; [] if the list is missing, or the field is not a list
     */
    Map<String, List<@Nullable Object>> peekMulti(String key, Map<String, Integer> counts);

    /**
     * Adds a number to a set. A missing record or field is created (SET-1). Of concurrent calls that add the same value,
     * exactly one returns true (SET-7).
     *
     * @return true if the number was not a member before
     * @throws StorageException {@link ErrorCode#WRONG_TYPE} if the field is not a NumberSet (SET-5)
     */
    boolean addNumber(String key, String field, double value);

    /** As {@link #addNumber}, with several values for each of several fields; returns the new members (SET-2). */
    Map<String, NumberSet> addNumberMulti(String key, Map<String, ? extends Collection<? extends Number>> values);

    /** Removes a number from a set; true if it was a member. A missing set is not created (SET-3). */
    boolean removeNumber(String key, String field, double value);

    /** As {@link #removeNumber}, with several values for each of several fields; returns the removed members (SET-3). */
    Map<String, NumberSet> removeNumberMulti(String key, Map<String, ? extends Collection<? extends Number>> values);

    /** True if the number is a member of the set (SET-4). */
    boolean hasNumber(String key, String field, double value);

    /** As {@link #hasNumber}, with several values for each of several fields; returns those that are members (SET-4). */
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

    /** The same store, converting types of your own with this mapper: see {@link Storage#withMapper}. */
    default KeyValueStore withMapper(ObjectMapper mapper) {
        throw new UnsupportedOperationException(
                "This store has no mapper: " + getClass().getName());
    }
}
