package dev.stowage.contract.call;

import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts the suite's values to those of the Java API, and back. */
final class JavaCodec {

    private JavaCodec() {}

    /** A value that the API returned, as the suite represents it. */
    static @Nullable Object fromJava(@Nullable Object held) {
        if (held instanceof Hash hash) {
            return mapFromJava(hash);
        }
        if (held instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(fromJava(element)));
            return values;
        }
        if (held instanceof NumberSet set) {
            return new SetValue(SetValue.Kind.NUMBER, set.members());
        }
        if (held instanceof StringSet set) {
            return new SetValue(SetValue.Kind.STRING, set.members());
        }
        return held;
    }

    static Map<String, @Nullable Object> mapFromJava(Hash hash) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        hash.asMap().forEach((field, value) -> map.put(field, fromJava(value)));
        return map;
    }

    /** A value as the API takes it. */
    static @Nullable Object toJava(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return toHash(value);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(toJava(element)));
            return elements;
        }
        if (value instanceof SetValue set) {
            return set.kind() == SetValue.Kind.NUMBER
                    ? NumberSet.from(
                            set.members().stream().map(JavaCodec::number).toList())
                    : StringSet.from(set.members().stream().map(JavaCodec::text).toList());
        }
        if (value instanceof RawJson) {
            throw new NotCheckableException("the Java types cannot choose how a number is written on the wire");
        }
        return value;
    }

    static Hash toHash(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new NotCheckableException("the Java types allow no record that is not a hash");
        }
        Map<String, @Nullable Object> held = new LinkedHashMap<>();
        map.forEach((field, member) -> held.put(String.valueOf(field), toJava(member)));
        return Hash.from(held);
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new NotCheckableException("the Java types require a string there");
    }

    static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new NotCheckableException("the Java types require a number there");
    }

    static Duration seconds(Object value) {
        BigDecimal seconds = SuiteValues.decimal(number(value));
        if (seconds == null) {
            throw new NotCheckableException("a Duration is always finite");
        }
        return Duration.ofNanos(
                seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    static List<String> texts(@Nullable Object value) {
        return elements(value).stream().map(JavaCodec::text).toList();
    }

    static Map<String, Number> numbers(@Nullable Object value) {
        Map<String, Number> numbers = new LinkedHashMap<>();
        members(value).forEach((field, amount) -> numbers.put(field, number(amount)));
        return numbers;
    }

    static Map<String, Integer> counts(@Nullable Object value) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        members(value).forEach((field, count) -> {
            double exact = number(count).doubleValue();
            if (exact != Math.rint(exact)) {
                throw new NotCheckableException("a count is an int in Java");
            }
            counts.put(field, (int) exact);
        });
        return counts;
    }

    static Map<String, List<@Nullable Object>> lists(@Nullable Object value) {
        Map<String, List<@Nullable Object>> lists = new LinkedHashMap<>();
        members(value).forEach((field, list) -> {
            List<@Nullable Object> elements = new ArrayList<>();
            elements(list).forEach(element -> elements.add(toJava(element)));
            lists.put(field, elements);
        });
        return lists;
    }

    static Map<String, List<Number>> numberLists(@Nullable Object value) {
        Map<String, List<Number>> lists = new LinkedHashMap<>();
        members(value)
                .forEach((field, list) -> lists.put(
                        field, elements(list).stream().map(JavaCodec::number).toList()));
        return lists;
    }

    static Map<String, List<String>> stringLists(@Nullable Object value) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        members(value).forEach((field, list) -> lists.put(field, texts(list)));
        return lists;
    }

    private static List<@Nullable Object> elements(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw new NotCheckableException("the Java types require a collection there");
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return CompareAndSetLoop.record(value);
        }
        throw new NotCheckableException("the Java types require a map there");
    }
}
