package dev.stowage.contract.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The suite's values: String, Number, Boolean, null, Map, List, {@link SetValue}. Nothing here rejects a value: a broken backend may return any, and the suite has to represent it.
 */
public final class SuiteValues {

    private static final BigDecimal MAX_EXACT = BigDecimal.valueOf(9007199254740991L);
    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);
    private static final int SHORT = 160;

    private SuiteValues() {}

    /** A hash of alternating names and values, in order. */
    public static Map<String, @Nullable Object> hash(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> hash = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            hash.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return hash;
    }

    /** A list that may hold nulls. */
    public static List<@Nullable Object> list(@Nullable Object... elements) {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(element);
        }
        return list;
    }

    /** Equality as the contract defines it: numbers by value (VAL-5), hashes and sets in any order, lists in their order. */
    public static boolean areEqual(@Nullable Object one, @Nullable Object other) {
        return canonical(one).equals(canonical(other));
    }

    /** The same text for all values that are equal by {@link #areEqual}. */
    public static String canonical(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value);
        return text.toString();
    }

    /** The canonical text, shortened if it is long. */
    public static String abbreviated(@Nullable Object value) {
        String text = canonical(value);
        return text.length() <= SHORT ? text : text.substring(0, SHORT) + "… (" + text.length() + " characters)";
    }

    private static void write(StringBuilder text, @Nullable Object value) {
        if (value instanceof String string) {
            quote(text, string);
        } else if (value instanceof Number number) {
            text.append(number(number));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
            text.append('{');
            sorted.forEach((name, member) -> {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
                quote(text, name);
                text.append(':');
                write(text, member);
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                text.append(i == 0 ? "" : ",");
                write(text, list.get(i));
            }
            text.append(']');
        } else if (value instanceof SetValue set) {
            text.append(set.kind().label())
                    .append("Set{")
                    .append(String.join(
                            ",",
                            set.members().stream()
                                    .map(SuiteValues::canonical)
                                    .sorted()
                                    .toList()))
                    .append('}');
        } else if (value instanceof RawJson raw) {
            text.append(raw.json());
        } else {
            text.append(value);
        }
    }

    /** Whole numbers up to 2^53−1 exactly, others to 15 digits (VAL-5). */
    private static String number(Number number) {
        BigDecimal exact = decimal(number);
        if (exact == null) {
            return number.toString();
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        boolean isExactInteger = stripped.scale() <= 0 && stripped.abs().compareTo(MAX_EXACT) <= 0;
        BigDecimal kept =
                isExactInteger ? stripped : stripped.round(FIFTEEN_DIGITS).stripTrailingZeros();
        if (kept.signum() == 0) {
            return "0";
        }
        return isExactInteger ? kept.toBigInteger().toString() : kept.toString();
    }

    /** The number exactly; null for NaN and the infinities. */
    public static @Nullable BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return Double.isFinite(value) ? new BigDecimal(number.toString()) : null;
        }
        return BigDecimal.valueOf(number.longValue());
    }

    private static void quote(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || (Character.isSurrogate(c) && !isPaired(string, i))) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isPaired(String string, int i) {
        return Character.isHighSurrogate(string.charAt(i))
                ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
    }
}
