package dev.stowage.contract.call;

import java.util.List;

/**
 * A NumberSet or a StringSet as it was written or returned. Unlike the API's own sets it keeps duplicates, so that a response that has one can be detected (VAL-3).
 */
public record SetValue(Kind kind, List<?> members) {

    /** The two kinds, by the names that the wire protocol gives them. */
    public enum Kind {
        NUMBER("$numberSet"),
        STRING("$stringSet");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** The only member of the JSON object that represents the set on the wire. */
        public String tag() {
            return tag;
        }

        /** {@code Number} in {@code addNumberMulti}. */
        public String label() {
            return this == NUMBER ? "Number" : "String";
        }
    }

    public static SetValue numbers(Object... members) {
        return new SetValue(Kind.NUMBER, List.of(members));
    }

    public static SetValue strings(Object... members) {
        return new SetValue(Kind.STRING, List.of(members));
    }
}
