package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.storage.Hash;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored, or sent by a page of another origin, does no harm to the person who looks at it. */
class PageSecurityTest extends PageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "</textarea><img src=x onerror=alert(1)>",
                "\"><b id=\"injected\">",
                "' onfocus='alert(1)",
                "{{7*7}} ${7*7} @for(x)",
                "\u202eright to left\u202c",
                "a\u0000b",
                "\r\nSet-Cookie: a=b",
                "javascript:alert(1)",
                "../../etc/passwd",
                "\ud83d\ude00 \u00e4"
            })
    void whatIsStoredIsNeverMarkup(String hostile) {
        install.storage().kvStore().put("key " + hostile, Hash.of("field " + hostile, hostile));
        App named = emulator.app("app " + hostile.replaceAll("[\\r\\n\\u0000]", ""));
        named.install("account " + hostile.replaceAll("[\\r\\n\\u0000]", ""));
        String key = encoded("key " + hostile);
        long last = app.journal().last();
        for (String path : List.of(
                "/console/",
                "/console/?search=" + encoded(hostile),
                "/console/app?app=" + encoded(named.appId()),
                "/console/app?app=" + encoded(app.appId()),
                ofInstall("install", ""),
                ofInstall("store", "&store=kvStore"),
                ofInstall("store", "&store=kvStore&prefix=" + encoded(hostile)),
                ofInstall("record", "&store=kvStore&key=" + key),
                "/console/requests",
                "/console/requests?client=" + encoded(hostile) + "&key=" + encoded(hostile),
                "/console/request?sequence=" + last,
                "/console/controls?app=" + encoded(named.appId()),
                "/console/advice?app=" + encoded(named.appId()))) {
            HttpResponse<String> page = pages.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            // A field holds what was entered.
            assertThat(page.body().replaceAll("value=\"[^\"]*\"", ""))
                    .as(path)
                    .doesNotContain("<script>alert", "<img", "<b id", "\u202e", "\u0000", "href=\"javascript");

            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        }
        named.reset();
    }

    @Test
    void everyResponseForbidsWhatAPageOfAnotherOriginCouldDo() {
        for (String path : List.of(
                "/console/",
                "/console/nothing",
                "/console/assets/console.js",
                "/console/requests/rows",
                "/console/assets/none",
                "/console/?a=%FF",
                "/console")) {
            HttpResponse<String> page = pages.get(path);
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains(
                                    "default-src 'none'",
                                    "frame-ancestors 'none'",
                                    "form-action 'self'",
                                    "base-uri 'none'")
                            .doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .hasValue("same-origin");
        }
        assertThat(pages.get("/console/").body()).doesNotContainPattern("<script>|<style|style=| on[a-z]+=|https?://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void aPageOfAnotherOriginNeitherReadsNorDrives(String header) {
        String[] parts = header.split(": ");
        assertThat(pages.get("/console/", parts).statusCode()).isEqualTo(400);
        assertThat(pages.post("/console/reset", Map.of("app", app.appId()), parts)
                        .statusCode())
                .isEqualTo(400);
        assertThat(emulator.findApp(app.appId())).isPresent();
    }

    @Test
    void afterAFormTheBrowserGoesBackToAPageOfTheConsoleOnly() {
        for (String elsewhere :
                List.of("//evil.example/", "https://evil.example", "/_emulator/reset", "/console\r\nX: y", "")) {
            HttpResponse<String> response =
                    pages.post("/console/clock", Map.of("app", app.appId(), "action", "freeze", "back", elsewhere));
            assertThat(response.statusCode()).isEqualTo(303);
            assertThat(response.headers().firstValue("Location")).hasValue("/console/");
        }
    }

    @Test
    void aRefusedWriteShowsNoSecret() {
        install.storage().secrets().put("s", Hash.of("pw", "TOPSECRET"));
        for (Map<String, String> form : List.of(
                Map.of("operation", "put", "value", "{bad", "version", "1", "onlyIfUnchanged", "1"),
                Map.of("operation", "put", "value", "{}", "version", "77", "onlyIfUnchanged", "1"))) {
            HttpResponse<String> page = pages.post(ofInstall("record", "&store=secrets&key=s"), form);
            assertThat(page.statusCode()).isEqualTo(409);
            assertThat(page.body()).doesNotContain("TOPSECRET");
        }
    }

    @Test
    void aRecordOfManyValuesIsAShortPage() {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            values.add(Collections.nCopies(60, Collections.nCopies(20, 1)));
        }
        install.storage().kvStore().put("many", Hash.of("r", values));
        HttpResponse<String> page = pages.get(ofInstall("record", "&store=kvStore&key=many"));
        assertThat(page.statusCode()).isEqualTo(200);
        String shown = page.body().replaceAll("(?s)<textarea.*</textarea>", "");
        assertThat(shown.length()).isLessThan(400_000);
        assertThat(shown).contains("… ");
    }

    @Test
    void theLargestRecordIsShown() {
        install.storage().kvStore().put("large", Hash.of("text", "x".repeat(409_000)));
        HttpResponse<String> page = pages.get(ofInstall("record", "&store=kvStore&key=large"));
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> written = pages.post(
                "/console/record",
                Map.of(
                        "install", Long.toString(install.installId()),
                        "store", "kvStore",
                        "key", "large",
                        "operation", "put",
                        "value", "{\"text\": \"" + "y".repeat(409_590) + "\"}"));
        assertThat(written.body()).contains("record_too_large", "409600");
        assertThat(install.storage().kvStore().get("large").getString("text")).startsWith("x");
    }
}
