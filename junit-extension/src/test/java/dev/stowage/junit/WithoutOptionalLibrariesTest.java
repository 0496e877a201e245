package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.storage.KeyValueStore;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The extension in a process without Mockito, WireMock and jqwik on the class path. */
class WithoutOptionalLibrariesTest {

    private static final Pattern OPTIONAL = Pattern.compile("mockito|byte-buddy|objenesis|wiremock|jqwik");

    @ExtendWith(StorageEmulator.class)
    static class Plain {

        @Test
        void works(KeyValueStore kv) {
            kv.increment("k", "n");
        }

        @FaultSweep
        void sweeps(KeyValueStore kv) {
            kv.increment("k", "n");
        }
    }

    @ExtendWith(StorageEmulator.class)
    static class Spying {

        @Test
        void cannotSpy(@Spied KeyValueStore kv) {}
    }

    /** Runs test classes and prints the failures. */
    static final class Main {

        private Main() {}

        public static void main(String[] classNames) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(classNames[0]))
                                    .build(),
                            summary);
            PrintWriter out = new PrintWriter(
                    new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
            summary.getSummary().getFailures().forEach(failure -> out.println(failure.getException()));
            System.exit(summary.getSummary().getTestsFailedCount() > 0 ? 1 : 0);
        }
    }

    private record Result(int status, String output) {}

    private static Result run(Class<?> tests) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !OPTIONAL.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        tests.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    @Test
    void testsRun() throws IOException, InterruptedException {
        Result result = run(Plain.class);
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void aSpyNeedsMockito() throws IOException, InterruptedException {
        Result result = run(Spying.class);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("@Spied requires Mockito 5. Add org.mockito:mockito-core to the test class path");
    }
}
