package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.storage.KeyValueStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An emulator in process loads no class of a server or of an optional library. */
class InProcessEmulatorTest {

    static class InProcess {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().build();

        @Test
        void test(KeyValueStore kv) {
            assertThat(kv.increment("k", "n")).isEqualTo(1);
        }
    }

    /** The main class of a separate process, whose loaded classes are checked. */
    static final class RunsInProcess {
        public static void main(String[] args) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(InProcess.class))
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.succeeded(1));
        }
    }

    @Test
    void noServerAndNoOptionalLibraryIsLoaded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunsInProcess.class.getName()))
                .redirectErrorStream(true)
                .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(loaded).isZero();
        assertThat(loaded).contains("dev.stowage.junit.StorageEmulator");
        assertThat(loaded)
                .doesNotContain(
                        "dev.stowage.emulator.shaded",
                        "org.eclipse.jetty",
                        "io.javalin",
                        "jakarta.servlet",
                        "kotlin.collections",
                        "com.github.tomakehurst",
                        "org.mockito",
                        "java.net.http.HttpClient ",
                        "StoragePerTry");
    }
}
