package dev.stowage.emulator.http;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test over HTTP: one server per class, and a new app with an install per test. */
abstract class HttpTest {

    static Emulator emulator;
    static RawHttp http;

    Install install;

    @BeforeAll
    static void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void installAnApp() {
        install = emulator.app("app-" + UUID.randomUUID()).install();
    }

    RawHttp.Response call(String storeAndOperation, String body) {
        return http.post("/v1/" + storeAndOperation, install.apiKey(), body);
    }
}
