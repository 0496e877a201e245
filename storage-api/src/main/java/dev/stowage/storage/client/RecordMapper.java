package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.util.function.Supplier;

/** Converts between a {@link Hash} and a type of the user's own, with a Jackson mapper. Sets stay sets. */
final class RecordMapper {

    /** With {@link Storage#mapperBuilder()}. The mapper is created when it is used: it has 300 classes, and a hash needs none. */
    static final RecordMapper DEFAULT = new RecordMapper(() -> Default.MAPPER);

    /** One for all storages, because Jackson caches what it learns about a type. */
    private static final class Default {
        private static final ObjectMapper MAPPER = Storage.mapperBuilder().build();
    }

    private final Supplier<ObjectMapper> mapper;

    RecordMapper(ObjectMapper mapper) {
        this(() -> mapper);
    }

    private RecordMapper(Supplier<ObjectMapper> mapper) {
        this.mapper = mapper;
    }

    <T> T toType(StoreName store, String key, Hash hash, Class<T> type) {
        if (type == Hash.class) {
            return type.cast(hash);
        }
        try (TokenBuffer buffer = new TokenBuffer(mapper.get(), false)) {
            WireJson.writeRecord(buffer, hash);
            return mapper.get().readValue(buffer.asParserOnFirstToken(), type);
        } catch (IOException problem) {
            throw MappingProblem.reading(store, key, type, problem);
        }
    }

    Hash toHash(Object value) {
        if (value instanceof Hash hash) {
            return hash;
        }
        try (TokenBuffer buffer = new TokenBuffer(mapper.get(), false)) {
            mapper.get().writeValue(buffer, value);
            return WireJson.readRecord(buffer.asParserOnFirstToken());
        } catch (IOException problem) {
            throw MappingProblem.writing(value.getClass(), problem);
        }
    }
}
