package dev.stowage.storage.wire;

import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes an upper bound of a value's length as JSON: each character counts as its longest escape. */
final class ValueLength {

    /** {@code \\u001F}: the longest escape of one UTF-16 unit. */
    private static final int LONGEST_ESCAPE = 6;

    private static final int QUOTES_AND_COMMA = 4;
    private static final int LONGEST_NUMBER = 26;
    private static final int LONGEST_TAG = 20;

    private ValueLength() {}

    static long atMost(@Nullable Object value) {
        if (value instanceof String text) {
            return QUOTES_AND_COMMA + (long) LONGEST_ESCAPE * text.length();
        }
        if (value instanceof Hash hash) {
            long length = LONGEST_TAG;
            for (Map.Entry<String, @Nullable Object> field : hash.asMap().entrySet()) {
                length += atMost(field.getKey()) + atMost(field.getValue());
            }
            return length;
        }
        if (value instanceof List<?> list) {
            return atMostOf(list);
        }
        if (value instanceof NumberSet set) {
            return atMostOf(set.members());
        }
        if (value instanceof StringSet set) {
            return atMostOf(set.members());
        }
        return LONGEST_NUMBER;
    }

    private static long atMostOf(List<?> values) {
        long length = LONGEST_TAG;
        for (Object value : values) {
            length += atMost(value);
        }
        return length;
    }
}
