package dev.stowage.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The code of the README. */
class ReadmeTest {

    @Test
    void readme() {
        // readme: begin
        try (Emulator emulator = Emulator.start()) { // HTTP on a free port, in this process
            Install install = emulator.install();
            KeyValueStore kv = install.storage().kvStore();

            kv.put("session", Hash.of("user", "ann"), Duration.ofMinutes(30));
            kv.patch("session", session -> session.with("seen", 1)); // atomic, even with concurrent writers
            emulator.clock().set(Instant.parse("2026-01-31T12:00:00Z")); // the clock is frozen now
            kv.put("lock", Hash.of("holder", 1), Duration.ofSeconds(60));
            emulator.clock().advance(Duration.ofSeconds(61));
            assertThat(kv.exists("lock")).isFalse(); // expired, because the clock was advanced

            Install again = install.reinstall(); // a new id, a new key, empty stores
            assertThat(again.storage().kvStore().exists("session")).isFalse();

            Storage overHttp = HttpStorage.connect(emulator.url(), again.apiKey()); // the same stores over HTTP
            assertThat(overHttp.kvStore().increment("visits", "today")).isEqualTo(1);
        }
        // readme: end
    }
}
