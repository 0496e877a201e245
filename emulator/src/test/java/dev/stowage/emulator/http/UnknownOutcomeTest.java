package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordedStorage;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ERR-1, DUR-2: what may have happened is never called unavailable. */
class UnknownOutcomeTest {

    private static final String PUT = "{\"key\":\"k\",\"value\":{\"a\":1}}";

    private final RecordedStorage storage = new RecordedStorage();

    @Test
    @DisplayName(
            "a write that may or may not be durable breaks the connection; then everything is unavailable, and the server lives")
    void breaksTheConnection() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.builder()
                .backend(() -> new InMemoryRecordStore(storage))
                .build())) {
            RawHttp http = new RawHttp(emulator.url());
            Install install = emulator.install();
            String key = install.apiKey();
            assertThat(http.post("/v1/kvStore/put", key, PUT).status()).isEqualTo(200);

            storage.fail(new IllegalStateException("The disk of /data is full."));
            assertThatThrownBy(() -> http.post("/v1/kvStore/put", key, PUT)).isInstanceOf(UncheckedIOException.class);
            for (String operation : new String[] {"put", "get", "increment"}) {
                RawHttp.Response refused = http.post(
                        "/v1/kvStore/" + operation,
                        key,
                        operation.equals("put") ? PUT : "{\"key\":\"k\",\"field\":\"n\"}");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("unavailable");
                assertThat(refused.body()).contains("The disk of /data is full.");
            }
            assertThat(http.send("POST", "/_emulator/installs", Map.of(), "{}").status())
                    .isEqualTo(503);
            assertThat(http.send("GET", "/_emulator/health", Map.of(), "").code())
                    .isEqualTo("unavailable");
            assertThat(http.send("GET", "/_emulator/faults", Map.of(), "").status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("an install that may or may not be durable breaks the connection")
    void breaksTheConnectionOfAnInstall() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.builder()
                .backend(() -> new InMemoryRecordStore(storage))
                .build())) {
            RawHttp http = new RawHttp(emulator.url());
            storage.fail(new IllegalStateException("The disk of /data is full."));
            assertThatThrownBy(() -> http.send("POST", "/_emulator/installs", Map.of(), "{}"))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
