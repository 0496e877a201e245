package dev.stowage.storage;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Field names and their values, in order: a record, or a hash inside one. Immutable, so that nobody's change reaches a record
 * (VAL-10), and valid by construction: whatever
 * the contract refuses as a value (VAL-2 to VAL-9) is refused when the hash is made, with
 * {@link ErrorCode#INVALID_VALUE}.
 *
 * <p>Values go in as plain Java objects ({@link String}, any {@link Number}, {@link Boolean}, null, {@link Map},
 * {@link Collection}, {@link Hash}, {@link NumberSet}, {@link StringSet}) and come out in one form: whole numbers up to
 * 2<sup>53</sup>−1 as {@link Long}, others as {@link Double}, maps as {@link Hash}, collections as unmodifiable lists.
 * Two hashes are equal if they have the same fields with equal values, in whatever order.
 */
public final class Hash {

    private static final Hash EMPTY = new Hash(new LinkedHashMap<>());

    private final Map<String, @Nullable Object> fields;
    private final int levels;

    private Hash(Map<String, @Nullable Object> held) {
        this.fields = held;
        int deepest = 0;
        for (Object value : held.values()) {
            deepest = Math.max(deepest, ValueRules.levels(value));
        }
        this.levels = deepest + 1;
        if (levels > ValueRules.MAX_LEVELS) {
            throw ValueRules.tooDeep();
        }
    }

    static Hash atLevel(Map<?, ?> map, int level) {
        LinkedHashMap<String, @Nullable Object> held = new LinkedHashMap<>(capacityFor(map.size()));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String field = ValueRules.checkField(entry.getKey());
            held.put(field, holdIn(field, entry.getValue(), level + 1));
        }
        return new Hash(held);
    }

    private static @Nullable Object holdIn(String field, @Nullable Object value, int level) {
        try {
            return ValueRules.toCanonical(value, level);
        } catch (StorageException refusal) {
            throw refusal.details().containsKey("field") ? refusal : refusal.with("field", field);
        }
    }

    private static int capacityFor(int size) {
        return Math.max(4, size + size / 2);
    }

    /** A hash without fields: what {@code get} answers where there is no record (GET-1). */
    public static Hash empty() {
        return EMPTY;
    }

    public static Hash of(String field, @Nullable Object value) {
        return builder().set(field, value).build();
    }

    public static Hash of(String field1, @Nullable Object value1, String field2, @Nullable Object value2) {
        return builder().set(field1, value1).set(field2, value2).build();
    }

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

    /** A hash of the map's entries, in its order. Nulls are values (VAL-7). */
    public static Hash from(Map<String, ? extends @Nullable Object> map) {
        return map.isEmpty() ? EMPTY : atLevel(map, 1);
    }

    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** A builder that starts with this hash's fields. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(fields));
    }

    /** This hash with one field set; a field that exists keeps its place. */
    public Hash with(String field, @Nullable Object value) {
        return toBuilder().set(field, value).build();
    }

    /** This hash without one field; the same hash if it doesn't have it. */
    public Hash without(String field) {
        return fields.containsKey(field) ? toBuilder().remove(field).build() : this;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public int size() {
        return fields.size();
    }

    /** True if the field is there, also where its value is null. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The field names in order. */
    public Set<String> fields() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The value in its held form; null where the field is absent, and where its value is null: see {@link #has}. */
    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    /** The string; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable String getString(String field) {
        return as(String.class, field);
    }

    /** The number; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Double getDouble(String field) {
        Number number = as(Number.class, field);
        return number == null ? null : (Double) number.doubleValue();
    }

    /** The whole number; null where the field is absent or null. A fraction is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Long getLong(String field) {
        return as(Long.class, field);
    }

    /** The boolean; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Boolean getBoolean(String field) {
        return as(Boolean.class, field);
    }

    /** The nested hash; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable Hash getHash(String field) {
        return as(Hash.class, field);
    }

    /** The list, unmodifiable; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    @SuppressWarnings("unchecked")
    public @Nullable List<@Nullable Object> getList(String field) {
        return as(List.class, field);
    }

    /** The set; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
    public @Nullable NumberSet getNumberSet(String field) {
        return as(NumberSet.class, field);
    }

    /** The set; null where the field is absent or null. Another type is {@link ErrorCode#WRONG_TYPE}. */
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

    /** The fields as an unmodifiable map, in order; null values are values. */
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

    /** Builds a {@link Hash}. Not for use by several threads at once. */
    public static final class Builder {

        private final Map<String, @Nullable Object> held;

        private Builder(Map<String, @Nullable Object> held) {
            this.held = held;
        }

        /** Sets a field; one that is there already keeps its place. */
        public Builder set(String field, @Nullable Object value) {
            held.put(ValueRules.checkField(field), holdIn(field, value, 2));
            return this;
        }

        /** Sets every field of the hash. */
        public Builder setAll(Hash hash) {
            held.putAll(hash.fields);
            return this;
        }

        /** Removes a field if it is there. */
        public Builder remove(String field) {
            held.remove(field);
            return this;
        }

        public boolean has(String field) {
            return held.containsKey(field);
        }

        public Hash build() {
            return held.isEmpty() ? EMPTY : new Hash(new LinkedHashMap<>(held));
        }
    }
}
