package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with a small heap refuses what it can't hold, and goes on. */
@Timeout(120)
class SmallHeapTest {

    private static final int MANY = 1_000;
    private static final String VALUE = "x".repeat(300_000);
    private static final String KEY = "a".repeat(27) + "=";

    private final HttpClient client = HttpClient.newHttpClient();
    private String base = "";

    private static final int MOST_INSTALLS = 60_000;

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + KEY)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> put(int n) throws Exception {
        return send("POST", "/v1/kvStore/put", "{\"key\":\"k" + n + "\",\"value\":{\"v\":\"" + VALUE + "\"}}");
    }

    @Test
    @DisplayName(
            "at -Xmx128m, records are refused when the memory is full; everything else goes on, and a reset frees it")
    void fullHeap() throws Exception {
        Process server = CommandLineProcess.start(
                List.of("-Xmx128m"), Map.of(), "--port", "0", "--api-key", KEY, "--app", "small");
        try {
            List<String> lines = CommandLineProcess.readUntilReady(server);
            base = lines.get(lines.size() - 1).substring("ready ".length());
            int accepted = 0;
            HttpResponse<String> refused = put(0);
            while (refused.statusCode() == 200 && accepted < MANY) {
                accepted++;
                refused = put(accepted);
            }
            assertThat(accepted).isBetween(100, MANY - 1);
            for (int n = 0; n < 100; n++) {
                HttpResponse<String> again = put(MANY + n);
                assertThat(again.statusCode()).as(again.body()).isIn(200, 429);
            }
            assertThat(refused.body()).contains("\"code\":\"throttled\"", "128 MB", "-Xmx");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");

            for (String path : List.of("/_emulator/installs", "/_emulator/journal", "/_emulator/clock")) {
                assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(200);
            }
            for (int n = 0; n < accepted; n++) {
                assertThat(send("POST", "/v1/kvStore/get", "{\"key\":\"k" + n + "\"}")
                                .body())
                        .contains(VALUE);
            }
            assertThat(send("POST", "/v1/kvStore/delete", "{\"key\":\"k1\"}").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> export = send("GET", "/_emulator/apps/small/export", "");
            assertThat(export.statusCode()).isIn(200, 503);

            assertThat(send("POST", "/_emulator/reset", "").statusCode()).isEqualTo(204);
            HttpResponse<String> created = send("POST", "/_emulator/installs", "{\"appId\":\"small\"}");
            String key = created.body().replaceFirst(".*\"apiKey\":\"([^\"]+)\".*", "$1");
            HttpResponse<String> afterReset = client.send(
                    HttpRequest.newBuilder(URI.create(base + "/v1/kvStore/put"))
                            .header("Authorization", "Bearer " + key)
                            .POST(BodyPublishers.ofString("{\"key\":\"k\",\"value\":{\"v\":\"" + VALUE + "\"}}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(afterReset.statusCode()).as(afterReset.body()).isEqualTo(200);
        } finally {
            CommandLineProcess.terminate(server);
        }
    }

    @Test
    @DisplayName(
            "at -Xmx48m, installs are refused when the memory is full, what exists can be used, and a reset frees it")
    void manyInstalls() throws Exception {
        Process server = CommandLineProcess.start(List.of("-Xmx48m"), Map.of(), "--port", "0", "--api-key", KEY);
        try {
            List<String> lines = CommandLineProcess.readUntilReady(server);
            base = lines.get(lines.size() - 1).substring("ready ".length());
            HttpResponse<String> refused = send("POST", "/_emulator/installs", "{}");
            for (int n = 0; n < MOST_INSTALLS && refused.statusCode() == 200; n++) {
                refused = send("POST", "/_emulator/installs", "{}");
            }
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("\"code\":\"throttled\"", "48 MB");
            assertThat(send("GET", "/_emulator/installs/1", "").statusCode()).isEqualTo(200);
            assertThat(send("POST", "/v1/kvStore/get", "{\"key\":\"k\"}").statusCode())
                    .isEqualTo(200);
            assertThat(send("POST", "/_emulator/reset", "").statusCode()).isEqualTo(204);
            assertThat(send("POST", "/_emulator/installs", "{}").statusCode()).isEqualTo(200);
        } finally {
            CommandLineProcess.terminate(server);
        }
    }
}
