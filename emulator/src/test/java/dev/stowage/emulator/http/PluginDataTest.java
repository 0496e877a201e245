package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Chapter 10 of the contract, with requests of Cloud9's own client and of other clients. */
class PluginDataTest extends HttpTest {

    private static final Map<String, String> FORM =
            Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8", "Accept", "application/json");

    private static Map<String, String> user(String name) {
        String credentials = Base64.getEncoder().encodeToString((name + ":pw").getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + credentials);
    }

    private static String form(String member, String json) {
        return member + "=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private String path(Install of) {
        return "/user/persistent/" + of.apiKey();
    }

    private static RawHttp.Response get(String path) {
        return http.send("GET", path, Map.of(), "");
    }

    private static RawHttp.Response put(String path, String body) {
        return http.send("PUT", path, Map.of("Content-Type", "application/json"), body);
    }

    @Test
    @DisplayName("PRIV-1: set replaces the whole object, and get returns what was stored")
    void replaces() {
        assertThat(put(path(install), "{\"data\":\"{\\\"a\\\":1,\\\"b\\\":{}}\"}")
                        .status())
                .isEqualTo(200);
        assertThat(get(path(install)).body()).isEqualTo("{\"a\":1,\"b\":{}}");
        assertThat(put(path(install), "{\"data\": {\"c\": 12345678901234567890.10, \"é\": \"😀\"} }")
                        .status())
                .isEqualTo(200);
        assertThat(get(path(install)).body()).isEqualTo("{\"c\":12345678901234567890.10,\"é\":\"😀\"}");
    }

    @Test
    @DisplayName("PRIV-1: a form is accepted, because Cloud9's client sends one")
    void form() {
        RawHttp.Response response =
                http.send("PUT", path(install), FORM, form("data", "{\"example\":123,\"t\":\"a&b=c d\"}"));
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        RawHttp.Response read = http.send("GET", path(install), FORM, "");
        assertThat(read.body()).isEqualTo("{\"example\":123,\"t\":\"a&b=c d\"}");
        // Its HTTP client would parse application/json, and its plugin API would then parse the object again.
        assertThat(read.contentType()).startsWith("text/json");
    }

    @Test
    @DisplayName("PRIV-2: users and workspaces do not see each other; another context is invalid_request")
    void contexts() {
        put(path(install), "{\"data\":{\"who\":\"default\"}}");
        http.send("PUT", path(install), user("ann"), "{\"data\":{\"who\":\"ann\"}}");
        put("/projects/7/persistent/" + install.apiKey(), "{\"data\":{\"who\":\"7\"}}");
        assertThat(get(path(install)).body()).isEqualTo("{\"who\":\"default\"}");
        assertThat(http.send("GET", path(install), user("ann"), "").body()).isEqualTo("{\"who\":\"ann\"}");
        assertThat(http.send("GET", path(install), user("bob"), "").body()).isEqualTo("null");
        assertThat(get("/projects/7/persistent/" + install.apiKey()).body()).isEqualTo("{\"who\":\"7\"}");
        assertThat(get("/projects/8/persistent/" + install.apiKey()).body()).isEqualTo("null");
        for (String path : new String[] {"/team/persistent/", "/workspace/persistent/", "/teams/7/persistent/"}) {
            RawHttp.Response response = get(path + install.apiKey());
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.code()).isEqualTo("invalid_request");
        }
    }

    @Test
    @DisplayName("PRIV-3: only the key of the install gives access; an old key does not")
    void keys() {
        put(path(install), "{\"data\":{\"a\":1}}");
        assertThat(get(path(emulator.app(install.appId()).install())).body()).isEqualTo("null");
        RawHttp.Response unknown = get("/user/persistent/nobody");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.code()).isEqualTo("unauthenticated");
        Install again = install.reinstall();
        RawHttp.Response old = get(path(install));
        assertThat(old.status()).isEqualTo(401);
        assertThat(old.code()).isEqualTo("install_revoked");
        assertThat(put(path(install), "{\"data\":{}}").code()).isEqualTo("install_revoked");
        assertThat(get(path(again)).body()).isEqualTo("null");
        assertThat(get("/user/persistent/" + emulator.app(install.appId()).appKey())
                        .code())
                .isEqualTo("no_install_context");
    }

    @Test
    @DisplayName("PRIV-4: get before any set returns null")
    void nothingYet() {
        assertThat(get(path(install)).status()).isEqualTo(200);
        assertThat(get(path(install)).body()).isEqualTo("null");
        assertThat(get("/settings/user").body()).isEqualTo("null");
    }

    @Test
    @DisplayName("PRIV-5: the settings keep one document each for the user, a project and its state")
    void settings() {
        http.send("PUT", "/settings/user", FORM, form("settings", "{\"theme\":\"dark\"}"));
        put("/settings/project/1", "{\"settings\":{\"tabs\":4}}");
        put("/settings/state/1", "{\"settings\":\"{\\\"open\\\":[]}\"}");
        assertThat(get("/settings/user").body()).isEqualTo("{\"theme\":\"dark\"}");
        assertThat(get("/settings/project/1").body()).isEqualTo("{\"tabs\":4}");
        assertThat(get("/settings/state/1").body()).isEqualTo("{\"open\":[]}");
        assertThat(get("/settings/project/2").body()).isEqualTo("null");
        emulator.reset();
        assertThat(get("/settings/user").body()).isEqualTo("null");
    }

    @Test
    @DisplayName(
            "PRIV-1: a value other than an object is refused, and the error message is where Cloud9's client reads it")
    void refusals() {
        put(path(install), "{\"data\":{\"a\":1}}");
        for (String body : new String[] {
            "{\"data\":\"[1]\"}",
            "{\"data\":\"no JSON\"}",
            "{\"data\":5}",
            "{\"data\":null}",
            "{\"data\":[]}",
            "{\"data\":\"{} {}\"}"
        }) {
            RawHttp.Response response = put(path(install), body);
            assertThat(response.code()).as(body).isEqualTo("invalid_value");
            assertThat(response.json().path("error").path("message").asText()).isNotEmpty();
            assertThat(response.contentType()).startsWith("application/problem+json");
        }
        for (String body : new String[] {
            "",
            "{}",
            "[]",
            "{\"date\":{}}",
            "{\"data\":{},\"x\":1}",
            "{\"data\":",
            "{\"data\":{}} x",
            "{\"data\":{\"a\":1,\"a\":2}}",
            "{\"data\":{},\"data\":{}}"
        }) {
            assertThat(put(path(install), body).code()).as(body).isEqualTo("invalid_request");
        }
        String large = "{\"data\":{\"a\":\"" + "x".repeat(409_600) + "\"}}";
        assertThat(put(path(install), large).code()).isEqualTo("record_too_large");
        assertThat(http.send("PUT", path(install), FORM, "data={}&data={}").code())
                .isEqualTo("invalid_request");
        assertThat(http.send("PUT", path(install), FORM, "data=%zz").code()).isEqualTo("invalid_request");
        assertThat(http.send("PUT", path(install), FORM, form("data", "5")).contentType())
                .startsWith("application/json");
        assertThat(get(path(install)).body()).isEqualTo("{\"a\":1}");
    }
}
