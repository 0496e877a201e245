package dev.stowage.storage.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values in their canonical form. */
final class ValueWriter {

    private ValueWriter() {}

    static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            writeText(generator, text);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            writeNumber(generator, number);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Hash hash) {
            writeHash(generator, hash);
        } else if (value instanceof List<?> list) {
            writeList(generator, list);
        } else if (value instanceof NumberSet set) {
            writeSet(generator, WireJson.NUMBER_SET, set.members());
        } else if (value instanceof StringSet set) {
            writeSet(generator, WireJson.STRING_SET, set.members());
        } else {
            throw new IllegalArgumentException("not a canonical value: " + value.getClass());
        }
    }

    /** Writes whole numbers without a fraction. Members of a set and amounts are doubles even if they are whole. */
    private static void writeNumber(JsonGenerator generator, double number) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
            generator.writeNumber((long) number);
        } else {
            generator.writeNumber(number);
        }
    }

    // VAL-8: the length of a record may not depend on the version of Jackson, so a pair of surrogates is always 4
    // bytes.
    private static void writeText(JsonGenerator generator, String text) throws IOException {
        if (JacksonFeatures.combinesSurrogates() || !hasSurrogates(text)) {
            generator.writeString(text);
        } else {
            generator.writeString(new SerializedString(text));
        }
    }

    private static void writeFieldName(JsonGenerator generator, String name) throws IOException {
        if (JacksonFeatures.combinesSurrogates() || !hasSurrogates(name)) {
            generator.writeFieldName(name);
        } else {
            generator.writeFieldName(new SerializedString(name));
        }
    }

    private static boolean hasSurrogates(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
    }

    private static void writeHash(JsonGenerator generator, Hash hash) throws IOException {
        if (looksLikeATag(hash)) {
            generator.writeStartObject();
            generator.writeFieldName(WireJson.LITERAL);
            writeMembers(generator, hash);
            generator.writeEndObject();
        } else {
            writeMembers(generator, hash);
        }
    }

    static void writeMembers(JsonGenerator generator, Hash hash) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<String, @Nullable Object> field : hash.asMap().entrySet()) {
            writeFieldName(generator, field.getKey());
            write(generator, field.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeList(JsonGenerator generator, List<?> list) throws IOException {
        generator.writeStartArray();
        for (Object element : list) {
            write(generator, element);
        }
        generator.writeEndArray();
    }

    private static void writeSet(JsonGenerator generator, String tag, List<?> members) throws IOException {
        generator.writeStartObject();
        generator.writeFieldName(tag);
        writeList(generator, members);
        generator.writeEndObject();
    }

    private static boolean looksLikeATag(Hash hash) {
        if (hash.size() != 1) {
            return false;
        }
        String only = hash.fields().iterator().next();
        return only.equals(WireJson.NUMBER_SET) || only.equals(WireJson.STRING_SET) || only.equals(WireJson.LITERAL);
    }
}
