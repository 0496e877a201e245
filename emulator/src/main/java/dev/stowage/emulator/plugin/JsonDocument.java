package dev.stowage.emulator.plugin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A JSON object as text. Numbers keep their digits and members their order.
 *
 * @param json the text, without white space between tokens
 */
public record JsonDocument(String json) {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** @throws StorageException {@code invalid_value} if the text is not one JSON object (PRIV-1) */
    public static JsonDocument parse(String text) {
        StringWriter compact = new StringWriter(text.length());
        try (JsonParser parser = FACTORY.createParser(text);
                JsonGenerator generator = FACTORY.createGenerator(compact)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noObject();
            }
            generator.copyCurrentStructureExact(parser);
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

    private static StorageException noObject() {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "The document must be one JSON object, or a string that contains one. (PRIV-1)");
    }
}
