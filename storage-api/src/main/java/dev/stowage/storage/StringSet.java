package dev.stowage.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An immutable set of strings, compared and ordered by code point, without Unicode normalisation (KEY-3). */
public final class StringSet extends ValueSet<String, StringSet> {

    // String.compareTo compares UTF-16 units and would put U+1F600 before U+FFFD.
    private static final Comparator<String> BY_CODE_POINT = StringSet::compareByCodePoint;

    private StringSet(Collection<String> members) {
        super(members, BY_CODE_POINT);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static StringSet fromJson(Map<String, @Nullable Object> object) {
        return TaggedJson.toStringSet(object);
    }

    @JsonValue
    Map<String, List<?>> toJson() {
        return Map.of(TaggedJson.STRING_SET, members());
    }

    @Override
    StringSet withMembers(Collection<String> members) {
        return new StringSet(members);
    }

    /** A set of the strings; duplicates count once. */
    public static StringSet of(String... members) {
        return from(List.of(members));
    }

    /** A set of the strings; duplicates count once. */
    public static StringSet from(Collection<String> members) {
        members.forEach(member -> ValueRules.checkText(member, "A member"));
        return new StringSet(members);
    }

    private static int compareByCodePoint(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                int astral = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
                return astral != 0 ? astral : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
