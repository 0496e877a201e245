package dev.stowage.contract.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.contract.vectors.Vector.Exchange;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.http.HttpStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Tests {@link HttpStorage} with the vectors: a server checks each request and sends the response of the vector. */
@Timeout(60)
class HttpStorageVectorsTest {

    static {
        // Without it every response of the JDK's server is delayed until an acknowledgement arrives.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<Exchange> expectedExchanges = new ArrayDeque<>();
    private final List<String> unexpectedRequests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @TestFactory
    Stream<DynamicContainer> holdsTheVectors() {
        HttpStorage storage = HttpStorage.connect(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "the key");
        return Vector.FILES.stream().map(file -> DynamicContainer.dynamicContainer(file, tests(file, storage)));
    }

    private Stream<DynamicTest> tests(String file, HttpStorage storage) {
        try {
            return Vector.read(file).stream()
                    .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector, storage)));
        } catch (IOException unreadable) {
            throw new AssertionError(file, unreadable);
        }
    }

    private void check(Vector vector, HttpStorage storage) {
        synchronized (expectedExchanges) {
            expectedExchanges.clear();
            expectedExchanges.addAll(vector.exchanges());
            unexpectedRequests.clear();
        }
        VectorCall call = new VectorCall(vector, storage);
        if (!vector.error().isMissingNode()) {
            checkRefusal(vector.error(), catchThrowable(call::make));
        } else if (vector.result().has("@thrown")) {
            assertThat(catchThrowable(call::make)).isSameAs(VectorCall.THROWN);
        } else {
            assertThat(comparable(call.make())).isEqualTo(comparable(Notation.value(vector.result())));
        }
        synchronized (expectedExchanges) {
            assertThat(unexpectedRequests).isEmpty();
            assertThat(expectedExchanges).as("requests that were not made").isEmpty();
        }
    }

    private static void checkRefusal(JsonNode error, Throwable thrown) {
        assertThat(thrown).isInstanceOf(StorageException.class);
        StorageException refusal = (StorageException) thrown;
        for (Map.Entry<String, JsonNode> detail : error.properties()) {
            Object found = detail.getKey().equals("code")
                    ? refusal.code().wireName()
                    : refusal.details().get(detail.getKey());
            assertThat(String.valueOf(found))
                    .as("%s of %s", detail.getKey(), refusal)
                    .isEqualTo(detail.getValue().asText());
        }
    }

    /** Numbers are equal by value; an increment's result is a double where a value's is a whole number. */
    private static Object comparable(Object value) {
        return value instanceof Number number ? Hash.of("number", number) : value;
    }

    private void answer(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = String.valueOf(http.getRequestHeaders().getFirst("Authorization"));
        Exchange exchange;
        synchronized (expectedExchanges) {
            exchange = expectedExchanges.poll();
            if (exchange == null
                    || !path.equals(exchange.path())
                    || !comparable(path, body).equals(comparable(path, exchange.body()))
                    || !key.equals("Bearer the key")) {
                unexpectedRequests.add(path + " " + body + " with " + key + " in place of " + exchange);
            }
        }
        byte[] bytes = (exchange == null ? "{}" : exchange.answer()).getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(exchange == null ? 500 : exchange.status(), bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private static Object comparable(String path, String body) throws IOException {
        return comparable(JSON.readTree(body), path.matches(".*(add|remove|has)(Number|String)Multi"), 0);
    }

    /** A form whose equals is that of JSON: members in any order, numbers by value, and sets where lists stand for them. */
    private static Object comparable(JsonNode json, boolean listsAreSets, int level) {
        if (json.isNumber()) {
            return json.doubleValue();
        }
        if (json.isTextual()) {
            return json.textValue();
        }
        if (json.isArray()) {
            List<Object> elements = new ArrayList<>();
            json.forEach(element -> elements.add(comparable(element, false, level + 1)));
            return listsAreSets && level == 2 ? new TreeSet<>(elements) : elements;
        }
        if (json.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                members.put(member.getKey(), comparable(member.getValue(), listsAreSets, level + 1));
            }
            return members;
        }
        return json;
    }
}
