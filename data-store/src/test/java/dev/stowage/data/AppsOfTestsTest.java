package dev.stowage.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import dev.stowage.emulator.testing.TestName;
import dev.stowage.storage.Hash;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsOfTestsTest {

    private static final TestName A_TEST = new TestName("a test", "a test");

    @TempDir
    private Path folder;

    private TestEmulator start() {
        EmulatorConfig config = EmulatorConfig.inProcess().toBuilder()
                .data(DataDirectory.at(folder.resolve("data")))
                .build();
        return TestEmulator.start(new TestEmulatorConfig(config, Optional.empty()));
    }

    @Test
    @DisplayName("each test of each run has an app of its own, also in a folder with the apps of an earlier run")
    void ownApps() {
        String first;
        try (TestEmulator emulator = start()) {
            App app = emulator.open(A_TEST).app();
            first = app.appId();
            app.storage().sharedKvStore().put("left", Hash.of("n", 1));
        }
        try (TestEmulator emulator = start()) {
            App app = emulator.open(A_TEST).app();
            assertThat(app.appId()).startsWith("a-test-").isNotEqualTo(first);
            assertThat(app.storage().sharedKvStore().exists("left")).isFalse();
        }
    }
}
