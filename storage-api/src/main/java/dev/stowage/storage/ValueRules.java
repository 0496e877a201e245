package dev.stowage.storage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks values (VAL-2 to VAL-9) and converts them to their canonical form: {@link String}, {@link Long} or {@link Double},
 * {@link Boolean}, null, {@link Hash}, an unmodifiable {@link List}, {@link NumberSet}, {@link StringSet}. A canonical value
 * is immutable, so it is checked only once.
 */
final class ValueRules {

    /** VAL-9: the record itself is the first level; each nested hash or list adds one. */
    static final int MAX_LEVELS = 32;

    /** VAL-5: the largest integer that JSON implementations agree on, 2^53−1. */
    static final double MAX_EXACT_INTEGER = 9007199254740991d;

    private ValueRules() {}

    /**
     * The value in its canonical form.
     *
     * @param level the nesting level of the value, if it is a hash or a list
     */
    static @Nullable Object toCanonical(@Nullable Object value, int level) {
        if (value == null || value instanceof Boolean || value instanceof NumberSet || value instanceof StringSet) {
            return value;
        }
        if (value instanceof String text) {
            return checkText(text, "A string");
        }
        if (value instanceof Number number) {
            return toCanonicalNumber(number);
        }
        if (value instanceof Hash hash) {
            checkLevels(level + hash.levels() - 1);
            return hash;
        }
        checkLevels(level);
        if (value instanceof Map<?, ?> map) {
            return Hash.atLevel(map, level);
        }
        if (value instanceof Collection<?> list) {
            return toCanonicalList(list, level);
        }
        if (value instanceof Object[] array) {
            return toCanonicalList(Arrays.asList(array), level);
        }
        throw new StorageException(
                ErrorCode.INVALID_VALUE,
                "A " + value.getClass().getName()
                        + " can't be stored. A value is a string, a number, a boolean, null, a"
                        + " hash, a list, a NumberSet or a StringSet; convert it to one of these first. (VAL-2)");
    }

    private static List<@Nullable Object> toCanonicalList(Collection<?> list, int level) {
        List<@Nullable Object> canonical = new ArrayList<>(list.size());
        for (Object element : list) {
            canonical.add(toCanonical(element, level + 1));
        }
        return Collections.unmodifiableList(canonical);
    }

    /** VAL-6: numbers are equal by value, so each has one form: Long if that is exact, else Double. */
    static Number toCanonicalNumber(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            long whole = number.longValue();
            return Math.abs(whole) <= (long) MAX_EXACT_INTEGER && whole != Long.MIN_VALUE
                    ? (Number) whole
                    : (Number) (double) whole;
        }
        if (number instanceof Float || number instanceof BigDecimal || number instanceof BigInteger) {
            return canonical(Double.parseDouble(number.toString()));
        }
        return canonical(number.doubleValue());
    }

    static Number canonical(double number) {
        checkFinite(number);
        return number == Math.rint(number) && Math.abs(number) <= MAX_EXACT_INTEGER
                ? (Number) (long) number
                : (Number) number;
    }

    static void checkFinite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new StorageException(
                    ErrorCode.INVALID_VALUE,
                    "The number is " + (Double.isNaN(number) ? "NaN" : "infinite or too large for a double")
                            + "; only finite numbers can be stored. (VAL-6)");
        }
    }

    /** VAL-5: any Unicode scalar value is allowed; an unpaired surrogate is not one. */
    static String checkText(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new StorageException(
                            ErrorCode.INVALID_VALUE,
                            what + " contains half of a surrogate pair at index " + i
                                    + "; only whole Unicode characters can be stored. (VAL-5)");
                }
                i++;
            }
        }
        return text;
    }

    static String checkField(@Nullable Object name) {
        if (!(name instanceof String field) || field.isEmpty()) {
            throw new StorageException(
                    ErrorCode.INVALID_VALUE,
                    "A field name is missing or empty; it must be a non-empty string. (VAL-9)");
        }
        return checkText(field, "A field name");
    }

    private static void checkLevels(int levels) {
        if (levels > MAX_LEVELS) {
            throw tooDeep();
        }
    }

    static StorageException tooDeep() {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "The value nests deeper than " + MAX_LEVELS + " levels, the record itself being the first. Flatten it,"
                        + " or store the inner part under a key of its own. (VAL-9)",
                Map.of("limit", MAX_LEVELS));
    }

    /** The number of levels that a canonical value adds: 0 for a plain value or a set. */
    static int levels(@Nullable Object value) {
        if (value instanceof Hash hash) {
            return hash.levels();
        }
        if (value instanceof List<?> list) {
            int deepest = 0;
            for (Object element : list) {
                deepest = Math.max(deepest, levels(element));
            }
            return deepest + 1;
        }
        return 0;
    }

    /** The name of the value's type, for messages. */
    static String typeName(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof NumberSet || value instanceof StringSet) {
            return value.getClass().getSimpleName();
        }
        return value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
