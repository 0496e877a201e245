package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;

/** Converts between a {@link Hash} and a type of the user's own, with a Jackson mapper. Sets stay sets. */
final class RecordMapper {

    /** With {@link Storage#mapperBuilder()}; one for all storages, because Jackson caches what it learns about a type. */
    static final RecordMapper DEFAULT = new RecordMapper(Storage.mapperBuilder().build());

    private final ObjectMapper mapper;

    RecordMapper(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    <T> T toType(StoreName store, String key, Hash hash, Class<T> type) {
        if (type == Hash.class) {
            return type.cast(hash);
        }
        try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
            WireJson.writeRecord(buffer, hash);
            return mapper.readValue(buffer.asParserOnFirstToken(), type);
        } catch (IOException problem) {
            throw MappingProblem.reading(store, key, type, problem);
        }
    }

    Hash toHash(Object value) {
        if (value instanceof Hash hash) {
            return hash;
        }
        try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
            mapper.writeValue(buffer, value);
            return WireJson.readRecord(buffer.asParserOnFirstToken());
        } catch (IOException problem) {
            throw MappingProblem.writing(value.getClass(), problem);
        }
    }
}
