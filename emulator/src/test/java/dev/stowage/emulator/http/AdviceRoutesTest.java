package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Advice over HTTP. */
@Timeout(60)
class AdviceRoutesTest {

    private Emulator emulator;
    private RawHttp http;
    private Install install;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
        install = emulator.app("shop").install();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private RawHttp.Response send(String method, String query, String body) {
        return http.send(method, "/_emulator/advice" + query, Map.of(), body);
    }

    @Test
    @DisplayName(
            "an app is looked at from PUT on, and GET says which practices it breaks, at which record, by which operations")
    void advice() {
        assertThat(send("GET", "?appId=shop", "").status()).isEqualTo(404);
        assertThat(send("PUT", "?appId=shop", "").json().path("advice")).isEmpty();
        HttpStorage.connect(emulator.url(), install.apiKey()).kvStore().put("lock", Hash.of("held", true));
        JsonNode advice = send("GET", "?appId=shop", "").json().path("advice");
        assertThat(advice).hasSize(1);
        assertThat(advice.path(0).path("practice").asText()).isEqualTo("no-ttl");
        assertThat(advice.path(0).path("store").asText()).isEqualTo("kvStore");
        assertThat(advice.path(0).path("key").asText()).isEqualTo("lock");
        assertThat(advice.path(0).path("advice").asText()).contains("ttl");
        assertThat(advice.path(0).path("evidence").path(0).asText()).isEqualTo("kvStore.put lock");
        assertThat(send("DELETE", "?appId=shop", "").status()).isEqualTo(204);
        assertThat(send("GET", "?appId=shop", "").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a password in plugin data is told")
    void pluginData() {
        send("PUT", "?appId=shop", "");
        RawHttp.Response stored = http.send(
                "PUT",
                "/user/persistent/" + install.apiKey().replace("=", "%3D"),
                Map.of("Content-Type", "application/json"),
                "{\"data\":{\"ftpPassword\":\"abcdefgh\"}}");
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(send("GET", "?appId=shop", "").body())
                .contains("plain-password")
                .doesNotContain("abcdefgh");
    }

    @Test
    @DisplayName("practices are switched off, and unknown ones are refused")
    void off() {
        send("PUT", "?appId=shop", "{\"off\":[\"no-ttl:lock\"]}");
        HttpStorage.connect(emulator.url(), install.apiKey()).kvStore().put("lock", Hash.of("held", true));
        assertThat(send("GET", "?appId=shop", "").json().path("advice")).isEmpty();
        for (String body : List.of("{\"off\":[\"no-such\"]}", "{\"off\":\"no-ttl\"}", "{\"off\":[5]}")) {
            assertThat(send("PUT", "?appId=shop", body).status()).as(body).isEqualTo(400);
        }
    }
}
