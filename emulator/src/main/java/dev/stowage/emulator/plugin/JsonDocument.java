package dev.stowage.emulator.plugin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.wire.JacksonFeatures;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A JSON object as text. Numbers keep their digits and members their order.
 *
 * @param json the text, without white space between tokens
 */
public record JsonDocument(String json) {

    private static final JsonFactory FACTORY = JacksonFeatures.useUtf8(new JsonFactoryBuilder())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @throws StorageException {@code invalid_value} if the text is not one JSON object (PRIV-1) */
    public static JsonDocument parse(String text) {
        StringWriter compact = new StringWriter(text.length());
        try (JsonParser parser = FACTORY.createParser(text);
                JsonGenerator generator = FACTORY.createGenerator(compact)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noObject();
            }
            copyExactly(parser, generator);
            if (parser.nextToken() != null) {
                throw noObject();
            }
        } catch (JsonProcessingException invalid) {
            throw noObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new JsonDocument(compact.toString());
    }

    /** Copies the current object with its numbers as text: as copyCurrentStructureExact, which Jackson has since 2.15. */
    private static void copyExactly(JsonParser parser, JsonGenerator generator) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                generator.writeNumber(checkFinite(parser.getText()));
            } else {
                generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    /** A plugin would read a number beyond the range of a double as infinity, which it can't store again. */
    private static String checkFinite(String number) {
        if (Double.isInfinite(Double.parseDouble(number))) {
            throw new StorageException(
                    ErrorCode.INVALID_VALUE, "The document has a number that is too large for a double. (PRIV-1)");
        }
        return number;
    }

    private static StorageException noObject() {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "The document must be one JSON object, or a string that contains one. (PRIV-1)");
    }
}
