package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.http.data.OperationReader;
import dev.stowage.storage.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault over HTTP: the response on the connection, and the record afterwards. */
@Timeout(60)
class FaultsOverHttpTest extends HttpTest {

    private static final String PUT = "{\"key\":\"k\",\"value\":{\"n\":2}}";
    private static final String GET = "{\"key\":\"k\"}";

    private RawHttp.Response control(String method, String path, String body) {
        String scope = path.contains("?") ? "&appId=" : "?appId=";
        return http.send(method, "/_emulator" + path + scope + install.appId(), Map.of(), body);
    }

    private JsonNode arm(String operation, String fault) {
        RawHttp.Response response =
                control("POST", "/faults", "{\"match\":{\"operation\":\"" + operation + "\"},\"fault\":" + fault + "}");
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.json().path("faultId").asLong()).isPositive();
        return response.json();
    }

    private Hash record() {
        return install.storage().kvStore().get("k");
    }

    private long fired() {
        return control("GET", "/faults", "")
                .json()
                .path("faults")
                .get(0)
                .path("fired")
                .asLong();
    }

    @Test
    @DisplayName("a lost request and a lost response are no problem of the server: nothing is logged")
    void silent() {
        List<String> logged = new ArrayList<>();
        Handler collector = new Handler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getLevel().intValue() >= Level.INFO.intValue()) {
                    logged.add(message.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = LogManager.getLogManager().getLogger("");
        root.addHandler(collector);
        // The emulator is closed before the messages are looked at, as another thread logs after the client has its
        // failure.
        try (Emulator emulator = Emulator.start()) {
            RawHttp server = new RawHttp(emulator.url());
            Map<String, String> key =
                    Map.of("Authorization", "Bearer " + emulator.install().apiKey());
            for (Fault fault : List.of(new Fault.LostRequest(), new Fault.LostResponse())) {
                emulator.faults().arm(CallMatch.any(), fault);
                assertThatThrownBy(() -> server.send("POST", "/v1/kvStore/put", key, PUT))
                        .isInstanceOf(UncheckedIOException.class);
            }
            emulator.faults().arm(CallMatch.any(), new Fault.MalformedResponse());
            assertThat(server.send("POST", "/v1/kvStore/put", key, PUT).status())
                    .isEqualTo(200);
        } finally {
            root.removeHandler(collector);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void conflict() {
        call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1}}");
        arm("put", "{\"kind\":\"conflict\"}");
        RawHttp.Response response = call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":2},\"ifVersion\":1}");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.code()).isEqualTo("version_conflict");
        assertThat(response.json().path("currentVersion").asLong()).isEqualTo(1);
        assertThat(record()).isEqualTo(Hash.of("n", 1));
        assertThat(call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":2},\"ifVersion\":1}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void race() {
        call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1}}");
        arm("put", "{\"kind\":\"race\",\"write\":{\"operation\":\"put\",\"value\":{\"theirs\":1},\"ttl\":60}}");
        RawHttp.Response response = call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":2},\"ifVersion\":1}");
        assertThat(response.code()).isEqualTo("version_conflict");
        assertThat(response.json().path("currentVersion").asLong()).isEqualTo(2);
        assertThat(record()).isEqualTo(Hash.of("theirs", 1));
        assertThat(install.storage().kvStore().snapshot("k").ttl()).isPresent();
    }

    @Test
    void unavailableAndThrottled() {
        arm("put", "{\"kind\":\"unavailable\"}");
        RawHttp.Response response = call("kvStore/put", PUT);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.code()).isEqualTo("unavailable");
        assertThat(response.headers()).containsKey("retry-after");
        arm("put", "{\"kind\":\"throttled\"}");
        response = call("kvStore/put", PUT);
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.code()).isEqualTo("throttled");
        assertThat(response.headers()).containsKey("retry-after");
        assertThat(record()).isEqualTo(Hash.empty());
    }

    @Test
    void lostRequestAndLostResponse() {
        arm("put", "{\"kind\":\"lostRequest\"}");
        assertThatThrownBy(() -> call("kvStore/put", PUT)).isInstanceOf(UncheckedIOException.class);
        assertThat(fired()).isEqualTo(1);
        assertThat(record()).isEqualTo(Hash.empty());
        arm("put", "{\"kind\":\"lostResponse\"}");
        assertThatThrownBy(() -> call("kvStore/put", PUT)).isInstanceOf(UncheckedIOException.class);
        assertThat(record()).isEqualTo(Hash.of("n", 2));
        assertThat(call("kvStore/get", GET).status()).isEqualTo(200);
    }

    @Test
    void malformedResponse() {
        arm("put", "{\"kind\":\"malformedResponse\"}");
        RawHttp.Response response = call("kvStore/put", PUT);
        assertThat(response.status()).isEqualTo(200);
        assertThatThrownBy(response::json).isInstanceOf(AssertionError.class);
        assertThat(record()).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void delayedOperationIsExecuted() {
        arm("put", "{\"kind\":\"delay\",\"ms\":1}");
        assertThat(call("kvStore/put", PUT).status()).isEqualTo(200);
        assertThat(fired()).isEqualTo(1);
        assertThat(record()).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void staleRead() {
        call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1}}");
        call("kvStore/put", PUT);
        arm("get", "{\"kind\":\"staleRead\"}");
        assertThat(call("kvStore/get", GET).body()).isEqualTo("{\"result\":{\"n\":1},\"version\":1}");
        assertThat(call("kvStore/get", GET).body()).isEqualTo("{\"result\":{\"n\":2},\"version\":2}");
    }

    @Test
    void expire() {
        call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1},\"ttl\":60}");
        arm("get", "{\"kind\":\"expire\"}");
        assertThat(call("kvStore/get", GET).body()).isEqualTo("{\"result\":{},\"version\":0}");
        assertThat(record()).isEqualTo(Hash.empty());
    }

    @Test
    void reinstall() {
        call("kvStore/put", PUT);
        arm("get", "{\"kind\":\"reinstall\"}");
        assertThat(call("kvStore/get", GET).code()).isEqualTo("install_revoked");
        assertThat(emulator.app(install.appId()).installs()).hasSize(2);
    }

    @Test
    @DisplayName("the same requests are hit by the same faults in each run")
    void repeatable() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            control("DELETE", "/faults", "");
            control("POST", "/faults", "{\"skip\":2,\"times\":2,\"fault\":{\"kind\":\"unavailable\"}}");
            control(
                    "POST",
                    "/faults",
                    "{\"match\":{\"key\":\"k\"},\"skip\":1,\"times\":2,\"fault\":{\"kind\":\"throttled\"}}");
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                statuses.add(call("kvStore/exists", i % 2 == 0 ? GET : "{\"key\":\"other\"}")
                        .status());
            }
            runs.add(statuses);
        }
        assertThat(runs.get(0))
                .isEqualTo(runs.get(1))
                .containsExactly(200, 200, 503, 503, 429, 200, 429, 200, 200, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"fault\":{}}",
                "{\"fault\":{\"kind\":\"nope\"}}",
                "{\"fault\":{\"kind\":\"delay\"}}",
                "{\"fault\":{\"kind\":\"delay\",\"ms\":-1}}",
                "{\"fault\":{\"kind\":\"delay\",\"ms\":1e12}}",
                "{\"fault\":{\"kind\":\"conflict\",\"ms\":5}}",
                "{\"fault\":{\"kind\":\"race\"}}",
                "{\"fault\":{\"kind\":\"race\",\"write\":{\"operation\":\"delete\",\"value\":{}}}}",
                "{\"fault\":{\"kind\":\"race\",\"write\":{\"operation\":\"put\",\"value\":{},\"ttl\":0}}}",
                "{\"match\":{\"operation\":\"get\"},\"fault\":{\"kind\":\"race\",\"write\":{\"operation\":\"put\",\"value\":{}}}}",
                "{\"match\":{\"operation\":\"get\"},\"fault\":{\"kind\":\"conflict\"}}",
                "{\"match\":{\"operation\":\"put\"},\"fault\":{\"kind\":\"staleRead\"}}",
                "{\"match\":{\"operation\":\"putt\"},\"fault\":{\"kind\":\"garbled\"}}",
                "{\"match\":{\"store\":\"nope\"},\"fault\":{\"kind\":\"garbled\"}}",
                "{\"match\":{\"store\":\"secrets\"},\"fault\":{\"kind\":\"expire\"}}",
                "{\"match\":{\"user\":\"x\"},\"fault\":{\"kind\":\"garbled\"}}",
                "{\"match\":{\"appId\":\"another\"},\"fault\":{\"kind\":\"garbled\"}}",
                "{\"match\":[],\"fault\":{\"kind\":\"garbled\"}}",
                "{\"skip\":-1,\"fault\":{\"kind\":\"garbled\"}}",
                "{\"skip\":0.5,\"fault\":{\"kind\":\"garbled\"}}",
                "{\"times\":0,\"fault\":{\"kind\":\"garbled\"}}",
                "{\"times\":\"1\",\"fault\":{\"kind\":\"garbled\"}}",
                "{\"fault\":{\"kind\":\"garbled\"},\"once\":true}",
                "{\"fault\":",
                "[]"
            })
    void badRulesAreRefusedAndNothingIsArmed(String rule) {
        RawHttp.Response response = control("POST", "/faults", rule);
        assertThat(response.status()).as(response.body()).isEqualTo(400);
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(control("GET", "/faults", "").json().path("faults")).isEmpty();
    }

    @Test
    void aRuleCanNameEveryOperationThatIsServed() {
        for (String operation : OperationReader.names()) {
            arm(operation, "{\"kind\":\"unavailable\"}");
            boolean reads = operation.matches("get|exists|peek.*|has.*");
            RawHttp.Response stale = control(
                    "POST",
                    "/faults",
                    "{\"match\":{\"operation\":\"" + operation + "\"},\"fault\":{\"kind\":\"staleRead\"}}");
            assertThat(stale.status()).as(operation).isEqualTo(reads ? 200 : 400);
        }
    }

    @Test
    void aRacesValueMustBeARecord() {
        RawHttp.Response response = control(
                "POST", "/faults", "{\"fault\":{\"kind\":\"race\",\"write\":{\"operation\":\"put\",\"value\":[1]}}}");
        assertThat(response.code()).isEqualTo("invalid_value");
    }

    @Test
    void tooManyRulesAreRefused() {
        String rule = "{\"match\":{\"key\":\"none\"},\"fault\":{\"kind\":\"garbled\"}}";
        for (int armed = 0; armed < 9_990; armed++) {
            emulator.app(install.appId()).faults().arm(CallMatch.any().key("none"), new Fault.MalformedResponse());
        }
        RawHttp.Response response;
        int more = 0;
        do {
            response = control("POST", "/faults", rule);
            more++;
        } while (response.status() == 200 && more < 100);
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(response.body()).contains("armed already");
        assertThat(call("kvStore/get", GET).status()).isEqualTo(200);
        assertThat(control("DELETE", "/faults", "").status()).isEqualTo(204);
        assertThat(control("POST", "/faults", rule).status()).isEqualTo(200);
    }

    @Test
    void theJournalCanBeReadPageByPage() {
        call("kvStore/put", PUT);
        call("secrets/put", "{\"key\":\"t\",\"value\":{\"token\":\"a secret value\"}}");
        http.post("/v1/sharedKvStore/get", emulator.app(install.appId()).appKey(), GET);
        RawHttp.Response response = control("GET", "/journal", "");
        assertThat(response.body()).doesNotContain("a secret value");
        JsonNode journal = response.json();
        assertThat(journal.path("entries")).hasSize(3);
        assertThat(journal.path("dropped").asLong()).isZero();
        JsonNode first = journal.path("entries").get(0);
        assertThat(first.path("operation").asText()).isEqualTo("put");
        assertThat(first.path("installId").asLong()).isEqualTo(install.installId());
        assertThat(first.path("client").asText()).startsWith("127.0.0.1:");
        assertThat(journal.path("entries").get(2).has("installId")).isFalse();
        long next = journal.path("next").asLong();
        call("kvStore/get", GET);
        JsonNode rest = control("GET", "/journal?after=" + next, "").json();
        assertThat(rest.path("entries")).hasSize(1);
        assertThat(control("GET", "/journal?installId=" + install.installId(), "")
                        .json()
                        .path("entries"))
                .hasSize(3);
        assertThat(control("GET", "/journal?after=x", "").code()).isEqualTo("invalid_request");
    }

    @Test
    void theJournalIsStreamed() throws IOException {
        call("kvStore/put", PUT);
        try (Socket socket = http.connect()) {
            socket.getOutputStream()
                    .write(("GET /_emulator/journal/stream?appId="
                                    + install.appId() + " HTTP/1.1\r\nHost: "
                                    + emulator.url().getAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            readUntil(socket, "\"operation\":\"put\"");
            call("kvStore/exists", GET);
            String event = readUntil(socket, "\"operation\":\"exists\"");
            assertThat(event).contains("event: operation", "id: ", "data: {");
        }
    }

    private static String readUntil(Socket socket, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (read.indexOf(text) < 0) {
            int n = socket.getInputStream().read(buffer);
            assertThat(n).as("the stream ended after: %s", read).isPositive();
            read.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
        return read.toString();
    }
}
