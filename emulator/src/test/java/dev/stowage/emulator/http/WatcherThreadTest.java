package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.http.HttpStorage;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatcherThreadTest {

    private static KeyValueStore kvOver(Emulator emulator, Install install) {
        return HttpStorage.builder(emulator.url(), install.apiKey())
                .requestTimeout(Duration.ofSeconds(10))
                .build()
                .kvStore();
    }

    @Test
    @DisplayName("a watcher may call the emulator over HTTP: it does not keep the thread that reads from connections")
    void watcherCallsTheEmulator() {
        try (Emulator emulator = Emulator.start()) {
            App app = emulator.app("watched");
            KeyValueStore ofWatcher =
                    kvOver(emulator, emulator.app("of-watcher").install());
            app.watch(new Watcher() {
                @Override
                public void done(Call call, Supplier<Optional<Reply>> reply) {
                    ofWatcher.increment("seen", "n");
                }
            });
            KeyValueStore kv = kvOver(emulator, app.install());
            kv.put("k", Hash.of("n", 1));
            assertThat(kv.get("k")).isEqualTo(Hash.of("n", 1));
            assertThat(ofWatcher.get("seen")).isEqualTo(Hash.of("n", 2));
        }
    }
}
