package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stale values over HTTP: a test in any language passes on the app's requests to other services. */
@Timeout(60)
class StaleValueRoutesTest {

    private static final String TOKEN = "u-4711-secret-token";

    private Emulator emulator;
    private RawHttp http;
    private Install install;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
        install = emulator.app("shop").install();
        send("PUT", "", "{\"knownValues\":[\"a-constant-of-the-app\"]}");
        HttpStorage.connect(emulator.url(), install.apiKey())
                .secrets()
                .put("utoken", Hash.of("token", TOKEN, "constant", "a-constant-of-the-app"));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private JsonNode send(String method, String path, String body) {
        RawHttp.Response response = http.send(method, "/_emulator/stale-values" + path + "?appId=shop", Map.of(), body);
        assertThat(response.status()).as(response.body()).isIn(200, 204);
        return response.json();
    }

    private JsonNode request(String token) {
        return send(
                "POST",
                "/requests",
                "{\"method\":\"GET\",\"url\":\"https://vendor.example/orders?page=1\",\"headers\":{\"Authorization\":\"Bearer "
                        + token + "\"}}");
    }

    @Test
    @DisplayName(
            "a value of the old install in a request after a reinstall is found, masked; before the reinstall it is right")
    void request() {
        assertThat(request(TOKEN).path("findings")).isEmpty();
        install.reinstall();
        assertThat(request("a-constant-of-the-app").path("findings")).isEmpty();
        JsonNode findings = request(TOKEN).path("findings");
        assertThat(findings).hasSize(1);
        assertThat(findings.path(0).path("key").asText()).isEqualTo("utoken");
        assertThat(findings.path(0).path("message").asText())
                .contains("'u-…' (19 characters): install 1 stored it in secrets, key 'utoken', field 'token'")
                .contains(
                        "sent this value with the request GET https://vendor.example/orders, in its header Authorization")
                .doesNotContain(TOKEN);
        assertThat(send("GET", "", "").path("findings")).hasSize(1);
    }

    @Test
    @DisplayName("a value that the new install has received, from a response or from its stores, is not stale")
    void received() {
        Install current = install.reinstall();
        send("POST", "/responses", "{\"body\":\"{\\\"token\\\":\\\"" + TOKEN + "\\\"}\"}");
        assertThat(request(TOKEN).path("findings")).isEmpty();
        HttpStorage.connect(emulator.url(), current.apiKey()).kvStore().put("job", Hash.of("token", TOKEN));
        assertThat(send("GET", "", "").path("findings")).isEmpty();
    }

    @Test
    @DisplayName("a write of the old install's value to a store of the new one is found")
    void write() {
        Install current = install.reinstall();
        HttpStorage.connect(emulator.url(), current.apiKey()).kvStore().put("job", Hash.of("token", TOKEN));
        assertThat(send("GET", "", "").path("findings").path(0).path("use").asText())
                .isEqualTo("wrote this value with kvStore.put of 'job', field 'token'");
    }

    @Test
    @DisplayName("a reset or DELETE ends the watch")
    void ends() {
        send("DELETE", "", "");
        assertThat(http.send("GET", "/_emulator/stale-values?appId=shop", Map.of(), "")
                        .status())
                .isEqualTo(404);
        send("PUT", "", "{}");
        http.send("POST", "/_emulator/reset?appId=shop", Map.of(), "");
        assertThat(http.send("GET", "/_emulator/stale-values?appId=shop", Map.of(), "")
                        .code())
                .isEqualTo("not_found");
        assertThat(http.send("GET", "/_emulator/stale-values", Map.of(), "").status())
                .isEqualTo(400);
    }
}
