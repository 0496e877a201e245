package dev.stowage.storage.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a problem document. Unknown members are ignored, and other documents are a problem without details. */
final class ProblemReader {

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemReader() {}

    static StorageException read(int status, byte[] body) {
        JsonNode problem;
        try {
            problem = JSON.readTree(body);
        } catch (IOException notJson) {
            problem = JSON.missingNode();
        }
        ErrorCode code = ErrorCode.of(problem.path("code").asText())
                .orElse(status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.UNAVAILABLE);
        String detail = problem.path("detail").asText();
        Map<String, Object> details = new LinkedHashMap<>();
        for (String name :
                new String[] {"store", "key", "field", "limit", "size", "currentVersion", "retryAfterSeconds"}) {
            JsonNode fact = problem.path(name);
            if (fact.isTextual()) {
                details.put(name, fact.asText());
            } else if (fact.isIntegralNumber()) {
                details.put(name, fact.asLong());
            }
        }
        return new StorageException(
                code,
                detail.isEmpty() ? "The service responded with the status " + status + " and no details." : detail,
                details);
    }
}
