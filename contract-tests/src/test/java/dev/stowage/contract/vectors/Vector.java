package dev.stowage.contract.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One call, the requests that it makes, the answers that they get, and what comes of it. */
record Vector(String name, JsonNode call, List<Exchange> exchanges, JsonNode result, JsonNode error) {

    static final List<String> FILES =
            List.of("records", "values", "keys", "ttl", "updaters", "numbers", "lists", "sets", "installs", "answers");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request, and the answer that it gets. */
    record Exchange(String path, String body, int status, String answer) {

        private static Exchange of(JsonNode exchange) {
            JsonNode request = exchange.path("request");
            JsonNode answer = exchange.path("answer");
            return new Exchange(
                    request.path("path").asText(),
                    text(request.path("body")),
                    answer.path("status").asInt(),
                    text(answer.path("body")));
        }

        private static String text(JsonNode body) {
            return body.has("@raw") ? body.path("@raw").asText() : body.toString();
        }
    }

    String store() {
        return call.path("store").asText();
    }

    String method() {
        return call.path("method").asText();
    }

    JsonNode argument(String name) {
        return call.path("arguments").path(name);
    }

    static List<Vector> read(String file) throws IOException {
        try (InputStream json = Vector.class.getResourceAsStream(file + ".json")) {
            return elements(JSON.readTree(json).path("vectors"))
                    .map(vector -> new Vector(
                            vector.path("name").asText(),
                            vector.path("call"),
                            elements(vector.path("exchanges")).map(Exchange::of).toList(),
                            vector.path("result"),
                            vector.path("error")))
                    .toList();
        }
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
