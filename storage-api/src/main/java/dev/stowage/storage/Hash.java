package dev.stowage.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, ordered map of field names to values: a record, or a hash nested in one (VAL-10). Values are checked when
 * the hash is built: one that the contract does not allow (VAL-2 to VAL-9) is refused with {@link ErrorCode#INVALID_VALUE}.
 *
 * <p>Accepted as values: {@link String}, any {@link Number}, {@link Boolean}, null, {@link Map}, {@link Collection}, object
 * arrays, {@link Hash}, {@link NumberSet} and {@link StringSet}. They are converted to their <i>canonical form</i>:
 *
 * <ul>
 *   <li>whole numbers within ±(2<sup>53</sup>−1) to {@link Long}, other numbers to {@link Double};
 *   <li>maps to {@link Hash};
 *   <li>collections and arrays to unmodifiable lists.
 * </ul>
 *
 * <p>Jackson writes and reads a hash as the JSON object that it is, in the form of the wire protocol.
 *
 * <p>Two hashes are equal if they have the same fields with equal values, in any order.
 */
@JsonSerialize(using = TaggedJson.HashSerializer.class)
public final class Hash {

    private static final Hash EMPTY = new Hash(new LinkedHashMap<>());

    private final Map<String, @Nullable Object> fields;
    private final int levels;

    private Hash(Map<String, @Nullable Object> fields) {
        this.fields = fields;
        int deepest = 0;
        for (Object value : fields.values()) {
            deepest = Math.max(deepest, ValueRules.levels(value));
        }
        this.levels = deepest + 1;
        if (levels > ValueRules.MAX_LEVELS) {
            throw ValueRules.tooDeep();
        }
    }

    static Hash atLevel(Map<?, ?> map, int level) {
        LinkedHashMap<String, @Nullable Object> fields = new LinkedHashMap<>(capacityFor(map.size()));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String field = ValueRules.checkField(entry.getKey());
            fields.put(field, toCanonical(field, entry.getValue(), level + 1));
        }
        return new Hash(fields);
    }

    private static @Nullable Object toCanonical(String field, @Nullable Object value, int level) {
        try {
            return ValueRules.toCanonical(value, level);
        } catch (StorageException refusal) {
            throw refusal.details().containsKey("field") ? refusal : refusal.with("field", field);
        }
    }

    private static int capacityFor(int size) {
        return Math.max(4, size + size / 2);
    }

    /** A hash without fields. {@code get} returns it if there is no record (GET-1). */
    public static Hash empty() {
        return EMPTY;
    }

    /** A hash with one field. */
    public static Hash of(String field, @Nullable Object value) {
        return builder().set(field, value).build();
    }

    /** A hash with two fields, in this order. */
    public static Hash of(String field1, @Nullable Object value1, String field2, @Nullable Object value2) {
        return builder().set(field1, value1).set(field2, value2).build();
    }

    /** A hash with three fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3) {
        return builder()
                .set(field1, value1)
                .set(field2, value2)
                .set(field3, value3)
                .build();
    }

    /** A hash with four fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4) {
        return ofPairs(field1, value1, field2, value2, field3, value3, field4, value4);
    }

    /** A hash with five fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5) {
        return ofPairs(field1, value1, field2, value2, field3, value3, field4, value4, field5, value5);
    }

    /** A hash with six fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5,
            String field6,
            @Nullable Object value6) {
        return ofPairs(field1, value1, field2, value2, field3, value3, field4, value4, field5, value5, field6, value6);
    }

    /** A hash with seven fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5,
            String field6,
            @Nullable Object value6,
            String field7,
            @Nullable Object value7) {
        return ofPairs(
                field1, value1, field2, value2, field3, value3, field4, value4, field5, value5, field6, value6, field7,
                value7);
    }

    /** A hash with eight fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5,
            String field6,
            @Nullable Object value6,
            String field7,
            @Nullable Object value7,
            String field8,
            @Nullable Object value8) {
        return ofPairs(
                field1, value1, field2, value2, field3, value3, field4, value4, field5, value5, field6, value6, field7,
                value7, field8, value8);
    }

    /** A hash with nine fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5,
            String field6,
            @Nullable Object value6,
            String field7,
            @Nullable Object value7,
            String field8,
            @Nullable Object value8,
            String field9,
            @Nullable Object value9) {
        return ofPairs(
                field1, value1, field2, value2, field3, value3, field4, value4, field5, value5, field6, value6, field7,
                value7, field8, value8, field9, value9);
    }

    /** A hash with ten fields, in this order. */
    public static Hash of(
            String field1,
            @Nullable Object value1,
            String field2,
            @Nullable Object value2,
            String field3,
            @Nullable Object value3,
            String field4,
            @Nullable Object value4,
            String field5,
            @Nullable Object value5,
            String field6,
            @Nullable Object value6,
            String field7,
            @Nullable Object value7,
            String field8,
            @Nullable Object value8,
            String field9,
            @Nullable Object value9,
            String field10,
            @Nullable Object value10) {
        return ofPairs(
                field1, value1, field2, value2, field3, value3, field4, value4, field5, value5, field6, value6, field7,
                value7, field8, value8, field9, value9, field10, value10);
    }

    private static Hash ofPairs(@Nullable Object... namesAndValues) {
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set(ValueRules.checkField(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** A hash of the map's entries, in the map's order. Null values are kept (VAL-7). */
    public static Hash from(Map<String, ? extends @Nullable Object> map) {
        return map.isEmpty() ? EMPTY : atLevel(map, 1);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Hash fromJson(Map<String, @Nullable Object> object) {
        return TaggedJson.toHash(object);
    }

    /** A builder without fields. */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** A builder that starts with the fields of this hash. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(fields));
    }

    /** A copy of this hash with one field set. An existing field keeps its position. */
    public Hash with(String field, @Nullable Object value) {
        return toBuilder().set(field, value).build();
    }

    /** A copy of this hash without the field; this hash if it has no such field. */
    public Hash without(String field) {
        return fields.containsKey(field) ? toBuilder().remove(field).build() : this;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public int size() {
        return fields.size();
    }

    /** True if the field exists, even if its value is null. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The field names in order, unmodifiable. */
    public Set<String> fields() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The value in its canonical form; null if the field is absent or its value is null. {@link #has} tells the two apart. */
    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    /** The string; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable String getString(String field) {
        return as(String.class, field);
    }

    /** The number; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Double getDouble(String field) {
        Number number = as(Number.class, field);
        return number == null ? null : (Double) number.doubleValue();
    }

    /** The whole number; null if the field is absent or null. Other types and fractions: {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Long getLong(String field) {
        return as(Long.class, field);
    }

    /** The boolean; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Boolean getBoolean(String field) {
        return as(Boolean.class, field);
    }

    /** The nested hash; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Hash getHash(String field) {
        return as(Hash.class, field);
    }

    /** The unmodifiable list; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    @SuppressWarnings("unchecked")
    public @Nullable List<@Nullable Object> getList(String field) {
        return as(List.class, field);
    }

    /** The set; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable NumberSet getNumberSet(String field) {
        return as(NumberSet.class, field);
    }

    /** The set; null if the field is absent or null. Other types fail with {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable StringSet getStringSet(String field) {
        return as(StringSet.class, field);
    }

    private <T> @Nullable T as(Class<T> type, String field) {
        Object value = fields.get(field);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw new StorageException(
                ErrorCode.WRONG_TYPE,
                "The field '" + field + "' is a " + ValueRules.typeName(value) + ", not a " + type.getSimpleName()
                        + ".",
                Map.of("field", field));
    }

    /** The fields as an unmodifiable map, in order. Its values may be null. */
    public Map<String, @Nullable Object> asMap() {
        return Collections.unmodifiableMap(fields);
    }

    int levels() {
        return levels;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Hash hash && fields.equals(hash.fields));
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Builds a {@link Hash}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Map<String, @Nullable Object> fields;

        private Builder(Map<String, @Nullable Object> fields) {
            this.fields = fields;
        }

        /** Sets a field. An existing field keeps its position. */
        public Builder set(String field, @Nullable Object value) {
            fields.put(ValueRules.checkField(field), toCanonical(field, value, 2));
            return this;
        }

        /** Sets every field of the hash. */
        public Builder setAll(Hash hash) {
            fields.putAll(hash.fields);
            return this;
        }

        /** Removes a field; does nothing if it does not exist. */
        public Builder remove(String field) {
            fields.remove(field);
            return this;
        }

        /** True if the field was set, even to null. */
        public boolean has(String field) {
            return fields.containsKey(field);
        }

        public Hash build() {
            return fields.isEmpty() ? EMPTY : new Hash(new LinkedHashMap<>(fields));
        }
    }
}
