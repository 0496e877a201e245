package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests may call the control plane: by Host, Origin, Sec-Fetch-Site and the admin token. */
class ControlAccessTest {

    private static final String HEALTH = "/_emulator/health";
    private static final String TOKEN = "an admin token";

    private static RawHttp.Response get(Emulator emulator, String path, Map<String, String> headers) {
        return new RawHttp(emulator.url()).send("GET", path, headers, "");
    }

    private static Emulator startWithToken() {
        return Emulator.start(EmulatorConfig.builder().adminToken(TOKEN).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stowage:4300", "stowage", "192.0.2.1:4300", "[2001:db8::1]:4300", "a.b.example"})
    @DisplayName("with the right admin token, every Host is accepted, as behind a service name")
    void tokenIsEnough(String host) {
        try (Emulator emulator = startWithToken()) {
            Map<String, String> right = Map.of("Host", host, "Authorization", "Bearer " + TOKEN);
            assertThat(get(emulator, HEALTH, right).status()).isEqualTo(200);
            assertThat(get(emulator, "/settings/user", right).status()).isEqualTo(200);
            assertThat(get(emulator, "/settings/user", Map.of("Host", host)).code())
                    .isEqualTo("invalid_request");
            for (String token : List.of("Bearer wrong", "Bearer ", "Basic " + TOKEN)) {
                Map<String, String> wrong = Map.of("Host", host, "Authorization", token);
                assertThat(get(emulator, HEALTH, wrong).code()).isEqualTo("unauthenticated");
            }
            assertThat(get(emulator, HEALTH, Map.of("Host", host)).code()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void aPageOfAnotherOriginIsRefusedEvenWithTheToken() {
        try (Emulator emulator = startWithToken()) {
            for (String path : List.of(HEALTH, "/_emulator/journal/stream")) {
                for (Map.Entry<String, String> header : Map.of(
                                "Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site")
                        .entrySet()) {
                    Map<String, String> headers =
                            Map.of("Authorization", "Bearer " + TOKEN, header.getKey(), header.getValue());
                    assertThat(get(emulator, path, headers).code()).isEqualTo("invalid_request");
                }
            }
        }
    }

    @Test
    void allowedHostsAreAcceptedWithoutAToken() {
        EmulatorConfig config = EmulatorConfig.builder()
                .allowedHosts(Set.of("stowage", "Emulator.Test"))
                .build();
        try (Emulator emulator = Emulator.start(config)) {
            for (String path : List.of(HEALTH, "/settings/user")) {
                for (String host : List.of("stowage:4300", "stowage", "STOWAGE:1", "emulator.test:4300")) {
                    assertThat(get(emulator, path, Map.of("Host", host)).status())
                            .as(host)
                            .isEqualTo(200);
                }
                for (String host : List.of("stowage.example", "a.stowage", "other:4300")) {
                    assertThat(get(emulator, path, Map.of("Host", host)).code())
                            .as(host)
                            .isEqualTo("invalid_request");
                }
            }
        }
    }

    @Test
    void theRefusalNamesTheHostThatItFound() {
        try (Emulator emulator = Emulator.start()) {
            RawHttp.Response response = get(emulator, HEALTH, Map.of("Host", "stowage:4300"));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.json().path("detail").asText()).contains("Host", "'stowage:4300'", "--allowed-host");
        }
    }

    @Test
    @DisplayName(
            "the journal stream checks Origin and Sec-Fetch-Site, which a browser sends with an EventSource or an image")
    void journalStream() {
        try (Emulator emulator = Emulator.start()) {
            String own = "http://" + emulator.url().getAuthority();
            for (String path : List.of("/_emulator/journal/stream", "/_emulator/journal", HEALTH, "/settings/user")) {
                for (String site : List.of("cross-site", "same-site", "nope")) {
                    assertThat(get(emulator, path, Map.of("Sec-Fetch-Site", site))
                                    .code())
                            .as("%s %s", path, site)
                            .isEqualTo("invalid_request");
                }
                assertThat(get(emulator, path, Map.of("Origin", "http://evil.example"))
                                .code())
                        .isEqualTo("invalid_request");
                for (String site : List.of("same-origin", "none")) {
                    assertThat(get(emulator, path, Map.of("Sec-Fetch-Site", site, "Origin", own))
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }
}
