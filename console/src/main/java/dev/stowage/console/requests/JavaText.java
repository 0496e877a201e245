package dev.stowage.console.requests;

import dev.stowage.console.page.RecordText;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes values as Java expressions. */
final class JavaText {

    /** {@code Hash.of} takes up to this many fields. */
    private static final int MAX_PAIRS = 10;

    private JavaText() {}

    static String of(@Nullable Object value) {
        if (value instanceof Hash hash) {
            return ofHash(hash.asMap());
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(Objects::nonNull) ? call("List.of", list) : call("Arrays.asList", list);
        }
        if (value instanceof StringSet strings) {
            return call("StringSet.of", strings.members());
        }
        if (value instanceof NumberSet numbers) {
            return call("NumberSet.of", numbers.members());
        }
        if (value instanceof String text) {
            return RecordText.quoted(text);
        }
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE
                ? Integer.toString(number.intValue())
                : String.valueOf(value);
    }

    private static String ofHash(Map<String, @Nullable Object> fields) {
        if (fields.isEmpty()) {
            return "Hash.empty()";
        }
        if (fields.size() > MAX_PAIRS) {
            return "Hash.builder()" + join(fields, ".set(", ")", "") + ".build()";
        }
        return "Hash.of(" + join(fields, "", "", ", ") + ")";
    }

    private static String join(Map<String, @Nullable Object> fields, String open, String close, String separator) {
        return fields.entrySet().stream()
                .map(field -> open + RecordText.quoted(field.getKey()) + ", " + of(field.getValue()) + close)
                .collect(Collectors.joining(separator));
    }

    private static String call(String method, Collection<?> arguments) {
        return method + "(" + arguments.stream().map(JavaText::of).collect(Collectors.joining(", ")) + ")";
    }
}
