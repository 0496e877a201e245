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
 * A JSON object as text, to be given back as it came: numbers keep their digits, members their order.
 *
 * @param json without white space between its tokens
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
                generator.writeNumber(parser.getText());
            } else {
                generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    private static StorageException noObject() {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "What is stored must be one JSON object, as such or as a string that holds it. (PRIV-1)");
    }
}
