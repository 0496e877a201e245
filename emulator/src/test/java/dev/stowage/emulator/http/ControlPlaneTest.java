package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.service.ReinstallPolicy;
import dev.stowage.storage.StorageException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneTest {

    private Emulator emulator;
    private RawHttp http;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private RawHttp.Response control(String method, String path, String body) {
        return http.send(method, "/_emulator" + path, Map.of(), body);
    }

    private JsonNode install(String body) {
        RawHttp.Response response = control("POST", "/installs", body);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return response.json();
    }

    private RawHttp.Response call(JsonNode install, String path, String body) {
        return http.post("/v1/" + path, install.path("apiKey").asText(), body);
    }

    @Test
    void healthSaysReady() {
        JsonNode health = control("GET", "/health", "").json();
        assertThat(health.path("status").asText()).isEqualTo("ready");
        assertThat(health.path("version").asText()).isNotEmpty();
        assertThat(health.path("uptimeMs").isIntegralNumber()).isTrue();
    }

    @Test
    void theSameAppIdIsTheSameApp() {
        JsonNode app = control("POST", "/apps", "{\"appId\":\"shop\"}").json();
        assertThat(control("POST", "/apps", "{\"appId\":\"shop\"}").json()).isEqualTo(app);
        assertThat(app.path("appKey").asText()).matches("[A-Za-z0-9]{27}=");
        JsonNode install = install("{\"appId\":\"shop\",\"trackerId\":\"t1\"}");
        assertThat(install.path("appId").asText()).isEqualTo("shop");
        assertThat(install.path("trackerId").asText()).isEqualTo("t1");
        assertThat(install.path("installId").isIntegralNumber()).isTrue();
        assertThat(install("").path("appId").asText()).isEqualTo("default");
        assertThat(install("{}").path("trackerId").asText())
                .isNotEqualTo(install("{}").path("trackerId").asText());
    }

    @Test
    @DisplayName("INST-4, INST-5: the install lifecycle over HTTP")
    void installLifecycle() {
        JsonNode first = install("{\"appId\":\"shop\"}");
        call(first, "kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":1}}");
        String path = "/installs/" + first.path("installId").asText();
        assertThat(control("GET", path, "").json().path("state").asText()).isEqualTo("active");
        JsonNode second = control("POST", path + "/reinstall", "").json();
        assertThat(second.path("installId")).isNotEqualTo(first.path("installId"));
        assertThat(second.path("trackerId")).isEqualTo(first.path("trackerId"));
        assertThat(call(first, "kvStore/get", "{\"key\":\"k\"}").code()).isEqualTo("install_revoked");
        assertThat(call(second, "kvStore/get", "{\"key\":\"k\"}").json().path("result"))
                .isEmpty();
        assertThat(control("GET", path, "").json().path("state").asText()).isEqualTo("uninstalled");
        RawHttp.Response gone =
                control("DELETE", "/installs/" + second.path("installId").asText(), "");
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(call(second, "kvStore/get", "{\"key\":\"k\"}").code()).isEqualTo("install_revoked");
        assertThat(control("GET", "/installs", "").json().path("installs")).hasSize(2);
    }

    @Test
    @DisplayName("INST-7: with the policy keep, a reinstall keeps the data under a new id and key")
    void keep() {
        try (Emulator keeping = Emulator.start(
                EmulatorConfig.builder().reinstallPolicy(ReinstallPolicy.KEEP).build())) {
            var first = keeping.app("shop").install("account");
            first.storage().kvStore().put("k", dev.stowage.storage.Hash.of("a", 1));
            first.storage().secrets().put("k", dev.stowage.storage.Hash.of("s", 1));
            var second = first.reinstall();
            assertThat(second.installId()).isNotEqualTo(first.installId());
            assertThat(second.storage().kvStore().get("k")).isEqualTo(dev.stowage.storage.Hash.of("a", 1));
            assertThatThrownBy(() -> first.storage().kvStore().get("k")).isInstanceOf(StorageException.class);
            second.uninstall();
            var elsewhere = keeping.app("shop").install("another account");
            assertThat(elsewhere.storage().kvStore().exists("k")).isFalse();
            var third = keeping.app("shop").install("account");
            assertThat(third.storage().secrets().get("k")).isEqualTo(dev.stowage.storage.Hash.of("s", 1));
            var beside = keeping.app("shop").install("account");
            assertThat(beside.storage().kvStore().exists("k")).isFalse();
        }
    }

    @Test
    @DisplayName("TTL-2: a record expires when the clock is advanced over HTTP")
    void clock() {
        JsonNode install = install("{\"appId\":\"shop\"}");
        JsonNode other = install("{\"appId\":\"other\"}");
        assertThat(control("GET", "/clock", "").json().path("mode").asText()).isEqualTo("system");
        assertThat(control("POST", "/clock/advance", "{\"seconds\":5}").status())
                .isEqualTo(400);
        JsonNode set =
                control("PUT", "/clock", "{\"now\":\"2026-01-31T12:00:00Z\"}").json();
        assertThat(set.path("now").asText()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(set.path("mode").asText()).isEqualTo("manual");
        String put = "{\"key\":\"k\",\"value\":{},\"ttl\":10}";
        call(install, "kvStore/put", put);
        call(other, "kvStore/put", put);
        JsonNode later = control("POST", "/clock/advance?appId=shop", "{\"seconds\":12.5}")
                .json();
        assertThat(later.path("now").asText()).isEqualTo("2026-01-31T12:00:12.500Z");
        String exists = "{\"key\":\"k\"}";
        assertThat(call(install, "kvStore/exists", exists).json().path("result").asBoolean())
                .isFalse();
        assertThat(call(other, "kvStore/exists", exists).json().path("result").asBoolean())
                .isTrue();
        assertThat(control("GET", "/clock", "").json().path("now").asText()).isEqualTo("2026-01-31T12:00:00Z");
        control("POST", "/clock/advance", "{\"seconds\":12}");
        assertThat(call(other, "kvStore/exists", exists).json().path("result").asBoolean())
                .isFalse();
        assertThat(control("PUT", "/clock", "{\"mode\":\"system\"}")
                        .json()
                        .path("mode")
                        .asText())
                .isEqualTo("system");
        assertThat(control("GET", "/clock?appId=shop", "").json().path("mode").asText())
                .isEqualTo("manual");
        assertThat(control("PUT", "/clock?appId=other", "{\"mode\":\"manual\"}")
                        .json()
                        .path("mode")
                        .asText())
                .isEqualTo("manual");
        assertThat(control("GET", "/clock?appId=nobody", "").code()).isEqualTo("not_found");
    }

    @Test
    void resetForgetsEverythingOrOneApp() {
        JsonNode shop = install("{\"appId\":\"shop\"}");
        JsonNode other = install("{\"appId\":\"other\"}");
        for (JsonNode install : new JsonNode[] {shop, other}) {
            call(install, "sharedKvStore/put", "{\"key\":\"k\",\"value\":{}}");
        }
        control("PUT", "/clock", "{\"mode\":\"manual\"}");
        assertThat(control("POST", "/reset?appId=shop", "").status()).isEqualTo(204);
        assertThat(call(shop, "kvStore/get", "{\"key\":\"k\"}").code()).isEqualTo("unauthenticated");
        assertThat(call(other, "sharedKvStore/exists", "{\"key\":\"k\"}")
                        .json()
                        .path("result")
                        .asBoolean())
                .isTrue();
        JsonNode again = install("{\"appId\":\"shop\"}");
        assertThat(call(again, "sharedKvStore/exists", "{\"key\":\"k\"}")
                        .json()
                        .path("result")
                        .asBoolean())
                .isFalse();
        assertThat(control("POST", "/reset", "").status()).isEqualTo(204);
        assertThat(control("GET", "/installs", "").json().path("installs")).isEmpty();
        assertThat(control("GET", "/clock", "").json().path("mode").asText()).isEqualTo("system");
        assertThat(call(other, "kvStore/get", "{\"key\":\"k\"}").code()).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /apps          | `{}`
            POST | /apps          | `{"appId":""}`
            POST | /apps          | `{"appId":5}`
            POST | /apps          | `{"appid":"x"}`
            POST | /apps          | `[]`
            POST | /installs      | `{"appId":null}`
            POST | /installs      | `{"trackerid":"x"}`
            POST | /installs      | `{`
            GET  | /installs/x    | ``
            PUT  | /clock         | `{}`
            PUT  | /clock         | `{"mode":"fast"}`
            PUT  | /clock         | `{"now":"yesterday"}`
            PUT  | /clock         | `{"now":5}`
            PUT  | /clock         | `{"now":"+1000000000-01-01T00:00:00Z"}`
            PUT  | /clock         | `{"mode":"system","now":"2026-01-31T12:00:00Z"}`
            POST | /clock/advance | `{}`
            POST | /clock/advance | `{"seconds":"5"}`
            POST | /clock/advance | `{"seconds":-1}`
            POST | /clock/advance | `{"seconds":1e300}`
            POST | /clock/advance | `{"seconds":1e99999999999}`
            POST | /clock/advance | `{"seconds":-1e-3}`
            POST | /clock/advance | `{"seconds":999999999999}`
            POST | /reset         | `{"all":true}`
            POST | /reset?appID=x | ``
            GET  | /clock?appId=a&appId=b | ``
            """)
    void badRequestsAreRefusedAndChangeNothing(String method, String path, String body) {
        emulator.clock().freeze();
        var before = emulator.clock().instant();
        RawHttp.Response response = control(method, path, body);
        assertThat(response.status()).as(response.body()).isEqualTo(400);
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(emulator.clock().instant()).isEqualTo(before);
        assertThat(emulator.installs()).isEmpty();
    }

    @Test
    @DisplayName("requests of a web page of another origin, or of one whose name resolves to this address, are refused")
    void webPages() {
        String path = "/_emulator/health";
        String own = emulator.url().getAuthority();
        assertThat(http.send("GET", path, Map.of("Origin", "http://" + own), "").status())
                .isEqualTo(200);
        for (String origin : new String[] {"http://evil.example", "null", "http://localhost:1", "https://" + own}) {
            assertThat(http.send("GET", path, Map.of("Origin", origin), "").status())
                    .as(origin)
                    .isEqualTo(400);
        }
        int port = emulator.url().getPort();
        for (String host : new String[] {"evil.example", "evil.example:" + port, "127.0.0.1.evil.example", ""}) {
            assertThat(http.send("GET", path, Map.of("Host", host), "").status())
                    .as(host)
                    .isEqualTo(400);
        }
        assertThat(http.send("GET", path, Map.of("Host", "localhost:" + port), "")
                        .status())
                .isEqualTo(200);
        RawHttp.Response response = http.send("GET", path, Map.of("Origin", "http://evil.example"), "");
        assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void tinyAdvancesAreFast() {
        emulator.clock().set(java.time.Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(control("POST", "/clock/advance", "{\"seconds\":1e-100000000}")
                        .status())
                .isEqualTo(200);
        assertThat(emulator.clock().instant()).isEqualTo("2026-01-31T12:00:00Z");
    }

    @Test
    void anInstallHasOneSuccessor() {
        String path = "/installs/" + install("{}").path("installId").asText() + "/reinstall";
        assertThat(control("POST", path, "").status()).isEqualTo(200);
        assertThat(control("POST", path, "").code()).isEqualTo("install_revoked");
        assertThat(control("GET", "/installs", "").json().path("installs")).hasSize(2);
        JsonNode uninstalled = install("{}");
        control("DELETE", "/installs/" + uninstalled.path("installId").asText(), "");
        JsonNode again = control(
                        "POST", "/installs/" + uninstalled.path("installId").asText() + "/reinstall", "")
                .json();
        assertThat(again.path("trackerId")).isEqualTo(uninstalled.path("trackerId"));
    }

    @Test
    @DisplayName(
            "INST-7: an upgrade keeps id, key and data; the data of a failed install is deleted under both policies")
    void upgradeAndFailure() {
        try (Emulator keeping = Emulator.start(EmulatorConfig.inProcess().toBuilder()
                .reinstallPolicy(ReinstallPolicy.KEEP)
                .build())) {
            var install = keeping.app("shop").install("account");
            install.storage().kvStore().put("k", dev.stowage.storage.Hash.of("a", 1));
            install.upgrade();
            assertThat(install.storage().kvStore().exists("k")).isTrue();
            install.failInstallation();
            assertThatThrownBy(() -> install.storage().kvStore().get("k")).isInstanceOf(StorageException.class);
            assertThat(install.history())
                    .extracting(event -> event.kind().wireName())
                    .containsExactly("installed", "upgraded", "failed");
            var again = keeping.app("shop").install("account");
            assertThat(again.storage().kvStore().exists("k")).isFalse();
            again.storage().kvStore().put("k", dev.stowage.storage.Hash.empty());
            assertThatThrownBy(install::upgrade).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void webPagesCannotAccessSettings() {
        assertThat(http.send("GET", "/settings/user", Map.of("Origin", "http://evil.example"), "")
                        .status())
                .isEqualTo(400);
        assertThat(http.send("PUT", "/settings/user", Map.of("Host", "evil.example"), "{\"settings\":{}}")
                        .status())
                .isEqualTo(400);
        assertThat(http.send("GET", "/settings/user", Map.of(), "").body()).isEqualTo("null");
    }

    @Test
    void otherAddressesRequireAToken() {
        assertThatThrownBy(() ->
                        Emulator.start(EmulatorConfig.builder().host("0.0.0.0").build()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("admin token");
        String token = UUID.randomUUID().toString();
        try (Emulator open = Emulator.start(
                EmulatorConfig.builder().host("0.0.0.0").adminToken(token).build())) {
            RawHttp there = new RawHttp(open.url());
            assertThat(there.send("GET", "/_emulator/health", Map.of(), "").code())
                    .isEqualTo("unauthenticated");
            assertThat(there.send("POST", "/_emulator/installs", Map.of("Authorization", "Bearer wrong"), "")
                            .code())
                    .isEqualTo("unauthenticated");
            assertThat(there.send("GET", "/_emulator/health", Map.of("Authorization", "Bearer " + token), "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsNamed() {
        EmulatorConfig same =
                EmulatorConfig.builder().port(emulator.url().getPort()).build();
        assertThatThrownBy(() -> Emulator.start(same))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(String.valueOf(emulator.url().getPort()))
                .hasMessageContaining("in use");
    }
}
