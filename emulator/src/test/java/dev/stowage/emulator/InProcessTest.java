package dev.stowage.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessTest {

    @Test
    void anAppsClockFollowsTheEmulatorsUntilItIsSet() {
        Instant start = Instant.parse("2026-01-31T12:00:00Z");
        EmulatorConfig config =
                EmulatorConfig.inProcess().toBuilder().manualClock(start).build();
        try (Emulator emulator = Emulator.start(config)) {
            Install install = emulator.install();
            assertThat(emulator.app(install.appId()).clock().instant()).isEqualTo(start);
            KeyValueStore kv = install.storage().kvStore();
            kv.put("k", Hash.of("a", 1), Duration.ofSeconds(10));
            emulator.clock().advance(Duration.ofSeconds(12));
            assertThat(kv.exists("k")).isFalse();
        }
    }

    @Test
    void aClosedEmulatorRefusesOperations() {
        Emulator emulator = Emulator.start(EmulatorConfig.inProcess());
        KeyValueStore kv = emulator.install().storage().kvStore();
        kv.put("k", Hash.of("a", 1));
        emulator.close();
        emulator.close();
        assertThatThrownBy(() -> kv.get("k"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThatThrownBy(emulator::url)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("servesHttp");
    }

    @Test
    void maxRecordBytesIsConfigurable() {
        EmulatorConfig small =
                EmulatorConfig.inProcess().toBuilder().maxRecordBytes(100).build();
        try (Emulator emulator = Emulator.start(small)) {
            KeyValueStore kv = emulator.install().storage().kvStore();
            assertThatThrownBy(() -> kv.put("k", Hash.of("t", "x".repeat(100))))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("the limit is 100");
        }
    }

    @Test
    void noServerClassIsLoadedInProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UsesNoHttp.class.getName()))
                .redirectErrorStream(true)
                .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(loaded).isZero();
        assertThat(loaded).contains("dev.stowage.emulator.Emulator");
        assertThat(loaded).doesNotContain("org.eclipse.jetty", "io.javalin", "jakarta.servlet", "kotlin.");
    }

    /** Runs in its own process, which prints the classes that it loads. */
    static final class UsesNoHttp {
        public static void main(String[] args) {
            try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
                emulator.install().storage().kvStore().increment("k", "n");
            }
        }
    }
}
