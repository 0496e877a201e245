package dev.stowage.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line, run as a process: its standard output, standard error and exit status. */
@Timeout(60)
class MainTest {

    @TempDir
    Path folder;

    private static Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> readUntilReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("ready ")) {
                return lines;
            }
        }
        throw new AssertionError(
                "it ended: " + lines + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String failure(Process process) throws Exception {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(error.lines()).as(error).hasSize(1);
        assertThat(error).startsWith("stowage: ").doesNotContain("Exception");
        return error;
    }

    @Test
    void servesAndStopsWithStatus0() throws Exception {
        Path ready = folder.resolve("ready.json");
        Files.writeString(ready, "an old one");
        Process process = start(
                Map.of("STOWAGE_APP", "shop"),
                "serve",
                "--port",
                "0",
                "--manual-clock=2026-01-31T12:00:00Z",
                "--ready-file",
                ready.toString());
        try {
            List<String> lines = readUntilReady(process);
            assertThat(lines.get(lines.size() - 2)).matches("apiKey [A-Za-z0-9]{27}=");
            assertThat(lines.get(lines.size() - 1)).matches("ready http://127\\.0\\.0\\.1:\\d+");
            JsonNode file = new ObjectMapper().readTree(ready.toFile());
            assertThat(lines)
                    .contains(
                            "apiKey " + file.path("apiKey").asText(),
                            "ready " + file.path("url").asText());
            assertThat(file.path("pid").asLong()).isEqualTo(process.pid());
            assertThat(file.path("installId").asLong()).isEqualTo(1);
            assertThat(file.path("appKey").asText()).isNotEmpty();
            HttpStorage storage = HttpStorage.connect(
                    URI.create(file.path("url").asText()), file.path("apiKey").asText());
            storage.kvStore().put("k", Hash.of("a", 1));
            assertThat(storage.kvStore().get("k")).isEqualTo(Hash.of("a", 1));
        } finally {
            process.toHandle().destroy();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(ready).doesNotExist();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void stopsWhenStandardInputCloses() throws Exception {
        Path ready = folder.resolve("ready.json");
        Process process = start(Map.of(), "--port", "0", "--stop-with-stdin", "--ready-file", ready.toString());
        try {
            readUntilReady(process);
            assertThat(ready).exists();
            // The operating system does this for a process that was killed.
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(ready).doesNotExist();
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    @Test
    void aPortInUseIsReportedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(failure(start(Map.of("STOWAGE_PORT", port)))).contains(port, "in use");
        }
    }

    @Test
    void invalidOptionsAreReportedInOneLine() throws Exception {
        assertThat(failure(start(Map.of(), "--prot", "1"))).contains("--prot");
        assertThat(failure(start(Map.of(), "--port", "x"))).contains("'x'");
        assertThat(failure(start(Map.of(), "--port", "65536"))).contains("65536");
        assertThat(failure(start(Map.of(), "--port", "0", "--manual-clock=yesterday")))
                .contains("yesterday");
        assertThat(failure(start(Map.of(), "--port", "0", "--reinstall-policy", "burn")))
                .contains("burn");
        assertThat(failure(start(Map.of(), "--port", "0", "--host", "0.0.0.0"))).contains("admin token");
        assertThat(failure(start(Map.of(), "--port", "0", "--host", "no.such.host.invalid")))
                .contains("no.such.host.invalid");
        assertThat(failure(start(
                        Map.of(),
                        "--port",
                        "0",
                        "--ready-file",
                        folder.resolve("no/such").toString())))
                .contains("no/such");
        assertThat(failure(start(Map.of("STOWAGE_PORT", "x")))).contains("'x'");
    }

    @Test
    void printsHelpAndVersion() throws Exception {
        Process help = start(Map.of(), "--help");
        String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(help.waitFor()).isZero();
        assertThat(text).contains("--port", "--manual-clock", "--admin-token", "--ready-file", "STOWAGE_PORT");
        Process version = start(Map.of(), "--version");
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Stowage ");
        assertThat(version.waitFor()).isZero();
    }
}
