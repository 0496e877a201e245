package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.http.HttpStorage;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test in a browser: one emulator and one browser per class, and a new app with an install per test. */
abstract class BrowserTest {

    @TempDir
    static Path profile;

    static Emulator emulator;
    static Browser browser;

    App app;
    Install install;

    @BeforeAll
    static void startBrowser() {
        emulator = Emulator.start();
        browser = Browser.start(emulator.url(), profile);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
        emulator.close();
    }

    @BeforeEach
    void installAnApp() {
        app = emulator.app("app-" + UUID.randomUUID());
        install = app.install();
        browser.resize(1440, 900);
        browser.prefer("light");
    }

    @AfterEach
    void theBrowserHasNoComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** The store as the app uses it, over HTTP. */
    KeyValueStore kvStoreOfTheApp() {
        return HttpStorage.connect(emulator.url(), install.apiKey()).kvStore();
    }

    String ofApp(String page) {
        return "/console/" + page + "?app=" + app.appId();
    }

    String record(String store, String key) {
        return "/console/record?install=" + install.installId() + "&store=" + store + "&key=" + key;
    }
}
