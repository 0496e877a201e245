package dev.stowage.console;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test of the pages without a browser: one emulator per class, and a new app with an install per test. */
abstract class PageTest {

    static Emulator emulator;
    static PageClient pages;

    App app;
    Install install;

    @BeforeAll
    static void start() {
        emulator = Emulator.start();
        pages = new PageClient(emulator.url());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void installAnApp() {
        app = emulator.app("app-" + UUID.randomUUID());
        install = app.install();
    }

    String ofInstall(String page, String query) {
        return "/console/" + page + "?install=" + install.installId() + query;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
