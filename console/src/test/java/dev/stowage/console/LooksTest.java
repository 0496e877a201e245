package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every page at both widths and in both themes: readable by a screen reader, by keyboard, and without scrolling sideways. */
class LooksTest extends BrowserTest {

    private Map<String, String> pages() {
        kvStoreOfTheApp()
                .put(
                        "types",
                        Hash.of(
                                "text", "a",
                                "list", List.of(1, Hash.of("deep", true)),
                                "tags", StringSet.of("a", "b"),
                                "numbers", NumberSet.of(1, 2)),
                        Duration.ofHours(1));
        kvStoreOfTheApp().put("a/very/long/key/" + "x".repeat(200), Hash.of("text", "y".repeat(3_000)));
        install.storage().secrets().put("token", Hash.of("value", "s3cret"));
        app.faults().arm(FaultRule.once(CallMatch.any().key("never"), new Fault.Unavailable()));
        app.gate().hold(CallMatch.any().key("never"), Duration.ofMinutes(1));
        browser.open(ofApp("requests"));
        for (int i = 0; i < 12; i++) {
            kvStoreOfTheApp().get("configuration");
        }
        long last = app.journal().last();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("apps", "/console/");
        pages.put("app", ofApp("app"));
        pages.put("install", "/console/install?install=" + install.installId());
        pages.put("store", "/console/store?store=kvStore&install=" + install.installId());
        pages.put("record", record("kvStore", "types"));
        pages.put("secret", record("secrets", "token"));
        pages.put("requests", ofApp("requests"));
        pages.put("request", "/console/request?sequence=" + last);
        pages.put("controls", ofApp("controls"));
        pages.put("advice", ofApp("advice"));
        pages.put("problem", "/console/nothing");
        return pages;
    }

    @Test
    void everyPageIsAccessibleAndFits() {
        Map<String, String> pages = pages();
        look(pages, 1440, "light");
        look(pages, 390, "dark");
    }

    private static void look(Map<String, String> pages, int width, String theme) {
        browser.prefer(theme);
        browser.resize(width, 900);
        pages.forEach((name, path) -> {
            browser.open(path);
            String where = name + ", " + width + " px, " + theme;
            assertThat(browser.accessibilityProblems()).as(where).isEmpty();
            assertThat(browser.isTooWide()).as("scrolls sideways: " + where).isFalse();
            browser.keepScreenshot(name + "-" + width + "-" + theme);
        });
    }

    @Test
    void everythingIsReachedWithTheKeyboard() {
        browser.open(ofApp("controls"));
        Object unreachable = browser.run(
                "return [...document.querySelectorAll('[onclick], [role=button]')]"
                        + ".filter(each => !['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY'].includes(each.tagName)).length");
        assertThat(unreachable).isEqualTo(0L);
        browser.run("document.querySelector('.skip').focus()");
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Skip to the content");
    }
}
