package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.store.RequiredProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/console.md says, step by step. */
class GuideTest extends BrowserTest {

    private static final Path ROOT = Path.of("..");
    private static final Path GUIDE = ROOT.resolve("docs/console.md");

    @BeforeEach
    void installTheAppOfThePictures() {
        app = emulator.app("reviews");
        install = app.install();
    }

    private Process startVisits() throws IOException {
        return new ProcessBuilder(
                        "python3",
                        ROOT.resolve("examples/python/visits.py").toString(),
                        emulator.url().toString(),
                        install.apiKey())
                .redirectErrorStream(true)
                .start();
    }

    private static String end(Process visits) throws IOException {
        return new String(visits.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aLostUpdateIsFoundByTheConsoleAlone() throws IOException {
        RequiredProgram.check("python3", "--version", "python3");
        browser.open(ofApp("requests"));
        Matcher printed = Pattern.compile("Counted 20 visits, stored (\\d+)\\.").matcher(end(startVisits()));
        assertThat(printed.find()).isTrue();
        assertThat(Files.readString(GUIDE)).contains("Counted 20 visits, stored ");
        browser.awaitText("kvStore.put");

        browser.open(ofApp("controls"));
        browser.run("document.querySelector('#hold ~ form [name=operation]').value = 'put'");
        browser.press("Hold");
        Process held = startVisits();
        browser.awaitText("by ann");
        browser.awaitText("by bob");
        browser.keepScreenshot("guide-controls");
        browser.press("Release all, and hold no more");
        assertThat(end(held)).contains("Counted 20 visits, stored ");

        browser.open(ofApp("requests"));
        browser.awaitText("This put replaced a write that its client had not read");
        browser.awaitText("get-then-put: 'visits' in kvStore");
        browser.run("document.querySelector('#rows tr.suspect').scrollIntoView({block: 'center'})");
        browser.keepScreenshot("guide-requests");
        browser.run("document.querySelector('#rows tr.suspect a').click()");
        browser.awaitText("On this record, before and after");
        assertThat(browser.text()).contains("ann", "bob", "That write is lost.");
        browser.keepScreenshot("guide-request");
        browser.open(ofApp("advice"));
        browser.awaitText("Use patch with an updater");
    }
}
