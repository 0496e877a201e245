package dev.stowage.contract.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values as the wire protocol does: sets with their tags, and a user's hash that looks like a set inside {@code $literal}. Shares no code with the client of {@code storage-api}, which is itself under test.
 */
public final class WireCodec {

    private static final String LITERAL = "$literal";
    private static final Set<String> TAGS = Set.of(SetValue.Kind.NUMBER.tag(), SetValue.Kind.STRING.tag(), LITERAL);
    private static final Set<String> BY_FIELD = Set.of("values", "amounts", "counts");

    /** More than a record can hold, so that no response exceeds a limit of the parser. */
    private static final StreamReadConstraints WIDE = StreamReadConstraints.builder()
            .maxNameLength(4_000_000)
            .maxNumberLength(100_000)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(WIDE).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private WireCodec() {}

    /** The body of the request. */
    public static String body(Call call) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            for (Map.Entry<String, @Nullable Object> argument : call.arguments().entrySet()) {
                generator.writeFieldName(argument.getKey());
                if (BY_FIELD.contains(argument.getKey()) && argument.getValue() instanceof Map<?, ?> byField) {
                    writeMembers(generator, byField);
                } else {
                    write(generator, argument.getValue());
                }
            }
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** A value as JSON. */
    public static String json(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * The JSON document.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    public static JsonNode parse(byte[] body) throws IOException {
        return JSON.readTree(body);
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            writeNumber(generator, number);
        } else if (value instanceof Map<?, ?> hash) {
            boolean looksLikeATag = hash.size() == 1
                    && TAGS.contains(String.valueOf(hash.keySet().iterator().next()));
            if (looksLikeATag) {
                generator.writeStartObject();
                generator.writeFieldName(LITERAL);
                writeMembers(generator, hash);
                generator.writeEndObject();
            } else {
                writeMembers(generator, hash);
            }
        } else if (value instanceof List<?> list) {
            writeList(generator, list);
        } else if (value instanceof SetValue set) {
            generator.writeStartObject();
            generator.writeFieldName(set.kind().tag());
            writeList(generator, set.members());
            generator.writeEndObject();
        } else if (value instanceof RawJson raw) {
            generator.writeRawValue(raw.json());
        } else if (value == null) {
            generator.writeNull();
        } else {
            throw new IllegalArgumentException("no value: " + value.getClass());
        }
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        double value = number.doubleValue();
        if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
            generator.writeNumber(number.longValue());
        } else {
            generator.writeNumber(value);
        }
    }

    private static void writeMembers(JsonGenerator generator, Map<?, ?> members) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            generator.writeFieldName(String.valueOf(member.getKey()));
            write(generator, member.getValue());
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

    /** The value of a JSON document. */
    public static @Nullable Object read(JsonNode node) {
        if (node.isObject()) {
            return readObject(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(read(element)));
            return list;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() ? new BigDecimal(node.bigIntegerValue()) : node.decimalValue();
        }
        return node.isTextual() ? node.asText() : node.isBoolean() ? (Object) node.asBoolean() : null;
    }

    /** Results by field, as Multi operations return them: every member name is a field name, never a tag. */
    public static @Nullable Object readByField(JsonNode node) {
        return node.isObject() ? members(node) : read(node);
    }

    private static Object readObject(JsonNode node) {
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            JsonNode value = only.getValue();
            if (only.getKey().equals(LITERAL) && value.isObject()) {
                return members(value);
            }
            for (SetValue.Kind kind : SetValue.Kind.values()) {
                if (only.getKey().equals(kind.tag()) && value.isArray()) {
                    List<@Nullable Object> elements = new ArrayList<>();
                    value.forEach(element -> elements.add(read(element)));
                    return new SetValue(kind, elements);
                }
            }
        }
        return members(node);
    }

    private static Map<String, @Nullable Object> members(JsonNode node) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), read(member.getValue())));
        return members;
    }
}
