package dev.stowage.storage.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;

/** Converts between a {@link Hash} and a type of the user's own, with Jackson. Sets stay sets. */
final class RecordMapper {

    private final ObjectMapper mapper;

    RecordMapper() {
        SimpleModule sets = new SimpleModule("stowage");
        sets.addSerializer(NumberSet.class, new AsWireJson<>());
        sets.addSerializer(StringSet.class, new AsWireJson<>());
        sets.addSerializer(Hash.class, new AsWireJson<>());
        sets.addDeserializer(NumberSet.class, new FromWireJson<>(NumberSet.class));
        sets.addDeserializer(StringSet.class, new FromWireJson<>(StringSet.class));
        sets.addDeserializer(Hash.class, new FromWireJson<>(Hash.class));
        // Otherwise fields that the type does not have would be lost silently when the value is written back.
        mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(sets)
                .build();
    }

    <T> T toType(Hash hash, Class<T> type) {
        try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
            WireJson.writeRecord(buffer, hash);
            return mapper.readValue(buffer.asParserOnFirstToken(), type);
        } catch (IOException problem) {
            throw misfit("The record can't be read as a " + type.getSimpleName(), problem);
        }
    }

    Hash toHash(Object value) {
        if (value instanceof Hash hash) {
            return hash;
        }
        try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
            mapper.writeValue(buffer, value);
            JsonParser parser = buffer.asParserOnFirstToken();
            return WireJson.readRecord(parser);
        } catch (IOException problem) {
            throw misfit("A " + value.getClass().getSimpleName() + " can't be written as a record", problem);
        }
    }

    // ERR-2: Jackson's messages quote the value, so neither the message nor the exception is passed on.
    private static StorageException misfit(String what, IOException problem) {
        String where = problem instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " at " + mapping.getPathReference()
                : "";
        String why =
                problem instanceof JsonProcessingException ? problem.getClass().getSimpleName() : "I/O";
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                what + where + " (" + why + "). Let the type have exactly the record's fields, or say with Jackson's"
                        + " annotations what else may be there.");
    }

    private static final class AsWireJson<T> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            WireJson.writeValue(generator, value);
        }
    }

    private static final class FromWireJson<T> extends JsonDeserializer<T> {
        private final Class<T> type;

        FromWireJson(Class<T> type) {
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object value = WireJson.readValue(parser);
            if (type.isInstance(value)) {
                return type.cast(value);
            }
            return context.reportInputMismatch(type, "not a %s", type.getSimpleName());
        }
    }
}
