package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.Hash;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages without a browser: what they contain, whatever is stored, and that looking changes nothing. */
class PagesTest extends PageTest {

    @Test
    void aBrowserIsSentToTheConsoleAndAProgramReadsHowToCall() {
        HttpResponse<String> browser = pages.get("/", "Accept", "text/html,*/*");
        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(browser.headers().firstValue("Location")).hasValue("/console/");
        assertThat(pages.get("/").body()).contains("A first call");
        assertThat(pages.get("/console").headers().firstValue("Location")).hasValue("/console/");
    }

    /** A field of a form changes line breaks and NUL, so no key is in one. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\r\nb", "a\nb", " ", "a b+c&d=e%41", "\u202eb"})
    void aRecordWithAnyKeyIsChangedByItsForm(String key) {
        install.storage().kvStore().put(key, Hash.of("n", 1));
        String page = pages.get(ofInstall("record", "&store=kvStore&key=" + encoded(key)))
                .body();
        Matcher action =
                Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"").matcher(page);
        assertThat(action.find()).isTrue();
        HttpResponse<String> written =
                pages.post(action.group(1).replace("&amp;", "&"), Map.of("operation", "put", "value", "{\"n\": 2}"));
        assertThat(written.statusCode()).isEqualTo(303);
        assertThat(install.storage().kvStore().get(key)).isEqualTo(Hash.of("n", 2));
        assertThat(pages.get(written.headers().firstValue("Location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void lookingChangesNothing() {
        install.storage().kvStore().put("k", Hash.of("n", 1));
        long last = app.journal().last();
        for (String path : List.of(
                "/console/app?app=" + app.appId(),
                ofInstall("install", ""),
                ofInstall("store", "&store=kvStore"),
                ofInstall("record", "&store=kvStore&key=k"),
                ofInstall("record", "&store=kvStore&key=none"),
                ofInstall("record/json", "&store=kvStore&key=k"),
                "/console/controls?app=" + app.appId())) {
            assertThat(pages.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(app.journal().last()).isEqualTo(last);
        for (String path : List.of("reset", "lifecycle", "clock", "fault", "hold", "lifecycle/install")) {
            assertThat(pages.get("/console/" + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "app?app=none",
                "install",
                "install?install=x",
                "install?install=-1",
                "install?install=99999999",
                "store?install=1",
                "store?app=none&store=kvStore",
                "record?install=1&store=nothing&key=k",
                "request",
                "request?sequence=0",
                "request?sequence=999999999",
                "requests?install=x",
                "requests?store=x",
                "controls?app=none",
                "advice?app=none",
                "nothing"
            })
    void aRequestThatIsNotUnderstoodIsExplained(String path) {
        HttpResponse<String> page = pages.get("/console/" + path);
        assertThat(page.statusCode()).isBetween(400, 404);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).contains("role=\"alert\"").doesNotContain("internal");
    }

    @Test
    void aFormThatIsNotUnderstoodChangesNothing() {
        Map<String, String> ofApp = Map.of("app", app.appId());
        assertThat(pages.post("/console/clock", ofApp).statusCode()).isEqualTo(400);
        assertThat(pages.post("/console/clock", Map.of("app", app.appId(), "action", "advance", "seconds", "-1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/console/fault", Map.of("app", app.appId(), "kind", "nothing"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/console/fault", Map.of("app", app.appId(), "kind", "conflict", "operation", "get"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/console/hold/release", Map.of("hold", "999", "operation", "1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(pages.post(
                                "/console/lifecycle",
                                Map.of("install", Long.toString(install.installId()), "action", "nothing"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/console/reset", Map.of()).statusCode()).isEqualTo(400);
        assertThat(app.faults().list()).isEmpty();
        assertThat(install.isActive()).isTrue();
    }

    @Test
    void anEndedInstallIsShownWithoutItsStores() {
        install.uninstall();
        assertThat(pages.get(ofInstall("install", "")).body()).contains("The install has ended");
        HttpResponse<String> store = pages.get(ofInstall("store", "&store=kvStore"));
        assertThat(store.statusCode()).isEqualTo(400);
        assertThat(store.body()).contains("install_revoked");
    }

    @Test
    void aWriteThatIsHeldDoesNotHoldThePage() {
        try (Hold hold = app.gate().hold(CallMatch.any(), Duration.ofSeconds(30))) {
            HttpResponse<String> page = pages.post(
                    "/console/record",
                    Map.of(
                            "install", Long.toString(install.installId()),
                            "store", "kvStore",
                            "key", "k",
                            "operation", "put",
                            "value", "{\"n\": 1}"));
            assertThat(page.body()).contains("held or delayed");
            assertThat(hold.waiting()).hasSize(1);
        }
    }

    /** Otherwise pressing the button again, or correcting a typo, would replace what the app has written meanwhile. */
    @Test
    void aRefusedFormStaysAtTheVersionThatThePersonHasSeen() {
        install.storage().kvStore().put("k", Hash.of("n", 1));
        install.storage().kvStore().put("k", Hash.of("n", 2));
        String path = ofInstall("record", "&store=kvStore&key=k");
        for (String entered : List.of("{", "{}")) {
            String refused = pages.post(
                            path, Map.of("operation", "put", "value", entered, "version", "1", "onlyIfUnchanged", "1"))
                    .body();
            assertThat(refused).contains("name=\"version\" value=\"1\"", "still version 1 (it is version 2 now");
        }
        assertThat(pages.post(path, Map.of("operation", "put", "value", "{", "version", "1"))
                        .body())
                .doesNotContain(" checked");
        assertThat(pages.post(path, Map.of("operation", "put", "value", "{}", "onlyIfUnchanged", "1"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void anAppWithABlankNameIsAnAppLikeAnother() {
        App blank = emulator.app(" ");
        assertThat(pages.get("/console/app?app=%20").statusCode()).isEqualTo(200);
        assertThat(pages.post("/console/fault", Map.of("app", " ", "kind", "unavailable"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(pages.post("/console/clock", Map.of("app", " ", "action", "freeze"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(emulator.clock().mode()).isEqualTo(EmulatorClock.Mode.SYSTEM);
        assertThat(blank.clock().mode()).isEqualTo(EmulatorClock.Mode.MANUAL);
        assertThat(blank.faults().list()).hasSize(1);
        assertThat(app.faults().list()).isEmpty();
        blank.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", ".", "..", "a%2fb"})
    void anAppWhoseNameDoesNotFitIntoAnAddressHasNoBrokenLink(String appId) {
        emulator.app(appId);
        HttpResponse<String> page = pages.get("/console/app?app=" + encoded(appId));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("/_emulator/");
        emulator.app(appId).reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-12-02T10:00:00Z", "2026-12-02 10:00:00 UTC", "2026-12-02 10:00:00", "2026-12-02T10:00:00"})
    void aTimeIsEnteredAsThePagesShowIt(String entered) {
        assertThat(pages.post("/console/clock", Map.of("app", app.appId(), "action", "set", "now", entered))
                        .statusCode())
                .isEqualTo(303);
        assertThat(app.clock().instant()).isEqualTo(Instant.parse("2026-12-02T10:00:00Z"));
    }

    @Test
    void aMisspeltOperationOrInstallIsRefused() {
        assertThat(pages.post("/console/hold", Map.of("app", app.appId(), "operation", "puts"))
                        .body())
                .contains("There is no operation &#39;puts&#39;".replace("&#39;", "'"));
        assertThat(pages.post("/console/fault", Map.of("app", app.appId(), "kind", "delay", "install", "999999"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(app.gate().holds()).isEmpty();
        assertThat(app.faults().list()).isEmpty();
    }

    @Test
    void aPersonsOperationsAreNoOperationsOfTheApp() {
        pages.get("/console/advice?app=" + app.appId());
        Map<String, String> form = Map.of(
                "install", Long.toString(install.installId()),
                "store", "kvStore",
                "key", "credentials",
                "operation", "put",
                "value", "{\"password\": \"a\", \"api_key\": \"b\"}");
        assertThat(pages.post("/console/record", form).statusCode()).isEqualTo(303);
        assertThat(app.journal().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.call().client()).isEqualTo("console write"));
        assertThat(app.advice()).isEmpty();
    }
}
