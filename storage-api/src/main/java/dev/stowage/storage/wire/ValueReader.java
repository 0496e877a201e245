package dev.stowage.storage.wire;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values in one pass. Stops at the first level that is too deep, so that 100,000 brackets cost no more than 33. */
final class ValueReader {

    /** Above the limit of VAL-9, because tags of sets and literals nest too. {@link Hash} checks the exact limit. */
    private static final int MAX_JSON_LEVELS = 80;

    private ValueReader() {}

    static Hash readRecord(JsonParser parser) throws IOException {
        Object value = parser.currentToken() == JsonToken.START_OBJECT ? readObject(parser, 1) : null;
        if (value instanceof Hash record) {
            return record;
        }
        String found =
                value == null ? nameOf(parser.currentToken()) : value.getClass().getSimpleName();
        throw new StorageException(
                ErrorCode.INVALID_VALUE,
                "The record is a " + found + "; it must be a hash, an object of fields and values. (VAL-1)");
    }

    static Hash readByField(JsonParser parser) throws IOException {
        return readMembers(parser, 1, null).build();
    }

    static @Nullable Object readValue(JsonParser parser, int level) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonParseException(parser, "a value is missing");
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case START_ARRAY -> readList(parser, level);
            // Only from a user's type: bytes are written as Base64, as everywhere in Jackson.
            case VALUE_EMBEDDED_OBJECT -> Base64Variants.getDefaultVariant().encode(parser.getBinaryValue());
            case START_OBJECT -> readObject(parser, level);
            default -> throw new JsonParseException(parser, "a value is missing");
        };
    }

    private static Number readNumber(JsonParser parser) throws IOException {
        // Before 2.15 Jackson has no limit of its own, and its time to read a whole number grows with the square of its
        // length.
        if (parser.getTextLength() > WireJson.LONGEST_NUMBER) {
            throw new StorageException(
                    ErrorCode.INVALID_VALUE, "A number has more than 100,000 characters; shorten it. (VAL-5)");
        }
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            // Only from a user's type: as text, because the double of 0.1f is 0.10000000149011612.
            case FLOAT -> Double.parseDouble(parser.getText());
            default -> parser.getDoubleValue();
        };
    }

    private static List<@Nullable Object> readList(JsonParser parser, int level) throws IOException {
        checkLevel(level);
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(readValue(parser, level + 1));
        }
        return Collections.unmodifiableList(list);
    }

    /** Reads a hash; or a set, if the only member is a tag. */
    private static Object readObject(JsonParser parser, int level) throws IOException {
        String first = parser.nextFieldName();
        if (first == null || first.isEmpty() || first.charAt(0) != '$') {
            return readMembers(parser, level, first).build();
        }
        parser.nextToken();
        // A tag is only a tag if it is the only member: a second member makes it an ordinary hash.
        if (first.equals(WireJson.LITERAL) && parser.currentToken() == JsonToken.START_OBJECT) {
            return readLiteral(parser, level);
        }
        Object value = readValue(parser, level + 1);
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return switch (first) {
                case WireJson.NUMBER_SET -> numberSet(value);
                case WireJson.STRING_SET -> stringSet(value);
                case WireJson.LITERAL -> throw badTag(first, "an object");
                default -> Hash.of(first, value);
            };
        }
        return readRemainingMembers(parser, level, Hash.builder().set(first, value))
                .build();
    }

    /** Reads {@code $literal}: a tag around a hash if it is the only member, else an ordinary field. */
    private static Object readLiteral(JsonParser parser, int level) throws IOException {
        checkLevel(level);
        try (TokenBuffer buffer = new TokenBuffer(parser)) {
            buffer.copyCurrentStructure(parser);
            JsonParser content = buffer.asParserOnFirstToken();
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                return readMembers(content, level, null).build();
            }
            Object field = readValue(content, level + 1);
            return readRemainingMembers(parser, level, Hash.builder().set(WireJson.LITERAL, field))
                    .build();
        }
    }

    private static Hash.Builder readMembers(JsonParser parser, int level, @Nullable String firstName)
            throws IOException {
        checkLevel(level);
        Hash.Builder hash = Hash.builder();
        String name = firstName != null
                ? firstName
                : parser.currentToken() == JsonToken.START_OBJECT ? parser.nextFieldName() : null;
        while (name != null) {
            readMember(parser, level, hash, name);
            name = parser.nextFieldName();
        }
        expectEnd(parser);
        return hash;
    }

    private static Hash.Builder readRemainingMembers(JsonParser parser, int level, Hash.Builder hash)
            throws IOException {
        String name = parser.currentName();
        while (name != null) {
            readMember(parser, level, hash, name);
            name = parser.nextFieldName();
        }
        expectEnd(parser);
        return hash;
    }

    private static void readMember(JsonParser parser, int level, Hash.Builder hash, String name) throws IOException {
        if (hash.has(name)) {
            throw new JsonParseException(parser, "an object has the same member twice");
        }
        parser.nextToken();
        hash.set(name, readValue(parser, level + 1));
    }

    private static void expectEnd(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(parser, "an object is not closed");
        }
    }

    private static NumberSet numberSet(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return NumberSet.from(list.stream().map(Number.class::cast).toList());
        }
        throw badTag(WireJson.NUMBER_SET, "a list of numbers");
    }

    private static StringSet stringSet(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return StringSet.from(list.stream().map(String.class::cast).toList());
        }
        throw badTag(WireJson.STRING_SET, "a list of strings");
    }

    private static StorageException badTag(String tag, String expected) {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "An object whose only member is " + tag + " must have " + expected
                        + " as its value. To send a hash of your"
                        + " own with this one field, wrap it: {\"$literal\": {…}}. (VAL-3)");
    }

    private static void checkLevel(int level) {
        if (level > MAX_JSON_LEVELS) {
            throw new StorageException(ErrorCode.INVALID_VALUE, "The value nests deeper than 32 levels. (VAL-9)");
        }
    }

    private static String nameOf(@Nullable JsonToken token) {
        if (token == null) {
            return "missing value";
        }
        return switch (token) {
            case START_ARRAY -> "list";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case VALUE_NULL -> "null";
            default -> "value of no type";
        };
    }
}
