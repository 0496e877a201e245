package dev.stowage.storage.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a reply. Unknown members are ignored. */
final class ReplyReader {

    private ReplyReader() {}

    static Reply read(byte[] body, Operation operation) {
        boolean hasResult = false;
        Object result = null;
        long version = 0;
        OptionalLong ttl = OptionalLong.empty();
        try (JsonParser parser = WireJson.factory().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(operation, null);
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "result" -> {
                        hasResult = true;
                        result = isByField(operation) ? WireJson.readByField(parser) : WireJson.readValue(parser);
                    }
                    case "version" -> version = parser.getLongValue();
                    case "ttl" -> ttl = OptionalLong.of(parser.getLongValue());
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException malformed) {
            throw malformed(operation, malformed);
        }
        return new Reply(hasResult, result, version, ttl);
    }

    /** The result of a Multi operation is an object by field names, never a tagged value. */
    private static boolean isByField(Operation operation) {
        return operation.name().endsWith("Multi");
    }

    private static StorageException malformed(Operation operation, @Nullable IOException cause) {
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                "The response to " + operation.name() + " of '" + operation.key()
                        + "' is not valid in the storage protocol. It may have been carried out.",
                cause);
    }
}
