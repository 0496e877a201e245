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
 * What may be in a record (VAL-2 to VAL-9), and the one form in which it is held: {@link String}, {@link Long} or
 * {@link Double}, {@link Boolean}, null, {@link Hash}, an unmodifiable {@link List}, {@link NumberSet},
 * {@link StringSet}. Because every value passes here once and is immutable after it, a value that exists is a valid one.
 */
final class ValueRules {

    /** VAL-9: the record itself is the first level; every hash or list in it is one more. */
    static final int MAX_LEVELS = 32;

    /** VAL-5: the largest integer that a JSON number carries exactly everywhere. */
    static final double MAX_EXACT_INTEGER = 9007199254740991d;

    private ValueRules() {}

    /** The value in its held form. The level is that of a hash or list standing here; its own content is one deeper. */
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
        List<@Nullable Object> held = new ArrayList<>(list.size());
        for (Object element : list) {
            held.add(toCanonical(element, level + 1));
        }
        return Collections.unmodifiableList(held);
    }

    /** VAL-6: numbers are equal by value, so each has one form: Long where that is exact, else Double. */
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

    /** VAL-5: any Unicode scalar value is welcome; half of a surrogate pair is none. */
    static String checkText(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new StorageException(
                            ErrorCode.INVALID_VALUE,
                            what + " holds half of a surrogate pair at index " + i
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
                    "A field's name is missing or empty; it must be a non-empty string. (VAL-9)");
        }
        return checkText(field, "A field's name");
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

    /** How many levels a held value adds: none for a plain value or a set. */
    static int levels(@Nullable Object held) {
        if (held instanceof Hash hash) {
            return hash.levels();
        }
        if (held instanceof List<?> list) {
            int deepest = 0;
            for (Object element : list) {
                deepest = Math.max(deepest, levels(element));
            }
            return deepest + 1;
        }
        return 0;
    }

    /** The type's name as app developers say it; for messages. */
    static String typeName(@Nullable Object held) {
        if (held == null) {
            return "null";
        }
        if (held instanceof Number) {
            return "number";
        }
        if (held instanceof List) {
            return "list";
        }
        if (held instanceof NumberSet || held instanceof StringSet) {
            return held.getClass().getSimpleName();
        }
        return held.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
