package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Hash;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads at {@code /}, and HEAD requests. */
class DescriptionTest extends HttpTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static RawHttp.Response greet(Map<String, String> headers) {
        return http.send("GET", "/", headers, "");
    }

    @Test
    void theRootSaysWhatThisIsAndHowToCallIt() {
        String url = emulator.url().toString();
        RawHttp.Response response = greet(Map.of());
        assertThat(response.contentType()).startsWith("text/plain");
        assertThat(response.body())
                .contains("Optimizely Connect Platform", "Cloud9", url, url + "/openapi.yaml")
                .contains("curl -H \"Authorization: Bearer $API_KEY\"");
        assertThat(greet(Map.of("Accept", "*/*")).contentType()).startsWith("text/plain");
        assertThat(greet(Map.of("Accept", "application/json, text/html")).contentType())
                .startsWith("text/plain");
    }

    /** The request in the text, with the key of an install, does what it says. */
    @Test
    void theFirstCallWorks() {
        Matcher call = Pattern.compile("-d '(.*)' http://[^/]+(/\\S+)")
                .matcher(greet(Map.of()).body());
        assertThat(call.find()).isTrue();
        assertThat(http.post(call.group(2), install.apiKey(), call.group(1)).status())
                .isEqualTo(200);
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("n", 1));
        Matcher create = Pattern.compile("curl -X POST http://[^/]+(/\\S+)")
                .matcher(greet(Map.of()).body());
        assertThat(create.find()).isTrue();
        assertThat(http.send("POST", create.group(1), Map.of(), "")
                        .json()
                        .path("apiKey")
                        .asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BROWSER, "text/html", " TEXT/HTML;q=1"})
    void aBrowserGetsHtml(String accept) {
        RawHttp.Response response = greet(Map.of("Accept", accept));
        assertThat(response.contentType()).startsWith("text/html");
        assertThat(response.headers()).containsEntry("vary", "Accept");
        assertThat(response.body())
                .startsWith("<!DOCTYPE html>")
                .contains("href=\"/openapi.yaml\"", emulator.url().toString(), "Authorization: Bearer $API_KEY");
    }

    /** The console is a module of its own, which is not on the class path of these tests. */
    @Test
    void withoutAConsoleItsAddressSaysWhereOneIs() {
        RawHttp.Response response = http.send("GET", "/console/", Map.of("Accept", BROWSER), "");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.json().path("detail").asText()).contains("dev.stowage:stowage-console", "./stowage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a\"b", "a'b", "x&y"})
    void aHostIsNeverPutIntoThePageAsHtml(String host) {
        RawHttp.Response response = greet(Map.of("Host", host, "Accept", BROWSER));
        assertThat(response.body()).doesNotContain(host);
    }

    @Test
    void headIsAnsweredAsGetWithoutTheBody() {
        for (String path : List.of(
                "/",
                "/openapi.yaml",
                "/_emulator/health",
                "/_emulator/installs",
                "/_emulator/faults",
                "/_emulator/clock",
                "/_emulator/journal",
                "/_emulator/journal/stream",
                "/_emulator/installs/" + install.installId() + "/export",
                "/settings/user",
                "/_emulator/installs/999999",
                "/_emulator/clock?appId=nope",
                "/_emulator/reset",
                "/nope",
                "/user/persistent/nobody")) {
            RawHttp.Response get = http.send("GET", path, Map.of(), "");
            RawHttp.Response head = http.sendHead(path);
            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.contentType()).as(path).isEqualTo(get.contentType());
            if (!path.contains("health")
                    && get.headers().containsKey("content-length")
                    && !path.equals("/_emulator/reset")
                    && !path.equals("/nope")) {
                assertThat(head.headers())
                        .as(path)
                        .containsEntry("content-length", get.headers().get("content-length"));
            }
            assertThat(head.body()).as(path).isEmpty();
        }
    }
}
