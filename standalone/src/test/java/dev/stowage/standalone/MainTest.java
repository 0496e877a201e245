package dev.stowage.standalone;

import static dev.stowage.standalone.CommandLineProcess.failure;
import static dev.stowage.standalone.CommandLineProcess.readUntilReady;
import static dev.stowage.standalone.CommandLineProcess.start;
import static dev.stowage.standalone.CommandLineProcess.terminate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThat(lines).anyMatch(line -> line.contains("the app 'shop', install 1"));
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
        // Scripts parse the last two lines.
        assertThat(process.inputReader().readLine()).isNull();
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
        assertThat(failure(start(Map.of(), "--prot", "1"))).contains("unknown option '--prot'");
        assertThat(failure(start(Map.of(), "contrct")))
                .contains("unexpected argument 'contrct'")
                .doesNotContain("index");
        assertThat(failure(start(Map.of(), "--port", "x"))).contains("'x'");
        assertThat(failure(start(Map.of(), "--port", "65536"))).contains("65536");
        assertThat(failure(start(Map.of(), "--port", "0", "--manual-clock=yesterday")))
                .contains("yesterday");
        assertThat(failure(start(Map.of(), "--port", "0", "--reinstall-policy", "burn")))
                .contains("burn");
        assertThat(failure(start(Map.of(), "--port", "0", "--allowed-host", "stowage:4300")))
                .contains("without a port", "stowage:4300");
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
        assertThat(text).contains("./stowage contract", "Authorization: Bearer");
        assertThat(text).contains("--port", "--manual-clock", "--admin-token", "--ready-file", "STOWAGE_PORT");
        Process version = start(Map.of(), "--version");
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Stowage ");
        assertThat(version.waitFor()).isZero();
    }

    @Test
    void wrongHostsAreReportedInOneLineWithStatus1() throws Exception {
        for (String host : List.of("", " ", "nosuchhost.invalid", "192.0.2.1", "[::1", "[]", "1.2.3.4.5", "a b")) {
            Process process = start(Map.of(), "--port", "0", "--admin-token", "t", "--host", host);
            assertThat(failure(process))
                    .as("--host '%s'", host)
                    .contains("host to listen on")
                    .doesNotContain("null");
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void anIpv6AddressMayHaveBrackets() throws Exception {
        for (String host : List.of("[::1]", "::1")) {
            Process process = start(Map.of(), "--port", "0", "--host", host);
            List<String> lines = readUntilReady(process);
            assertThat(lines.get(lines.size() - 1)).matches("ready http://\\[::1]:\\d+");
            assertThat(terminate(process)).isEmpty();
        }
    }

    @Test
    void messagesNameTheEnvironmentVariableThatCausedAnError() throws Exception {
        assertThat(failure(start(Map.of("STOWAGE_PORT", "x")))).contains("STOWAGE_PORT");
        assertThat(failure(start(Map.of("STOWAGE_PORT", "70000")))).contains("STOWAGE_PORT");
        assertThat(failure(start(Map.of("STOWAGE_HOST", "nosuchhost.invalid")))).contains("STOWAGE_HOST");
        assertThat(failure(start(Map.of("STOWAGE_SEED", "/no/such/file"), "--port", "0")))
                .contains("STOWAGE_SEED");
        assertThat(failure(start(Map.of("STOWAGE_API_KEY", "secret-and-wrong"), "--port", "0")))
                .contains("STOWAGE_API_KEY")
                .doesNotContain("secret-and-wrong");
        assertThat(failure(start(Map.of("STOWAGE_PORT", "x"), "--port", "y"))).doesNotContain("STOWAGE_");
    }

    @Test
    void unknownVariablesAreReported() throws Exception {
        Process process = start(
                Map.of("STOWAGE_PROT", "1", "STOWAGE_JAR", "x.jar", "STOWAGE_URL", "http://x", "STOWAGE_VERSION", "3"),
                "--port",
                "0");
        readUntilReady(process);
        assertThat(terminate(process).lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("STOWAGE_PROT"))
                .anyMatch(line -> line.contains("STOWAGE_VERSION"));
    }

    @Test
    void aStartCanBeRepeatedWithTheSameKeys() throws Exception {
        String apiKey = "abcdefghijklmnopqrstuvwxyz1=";
        String appKey = "abcdefghijklmnopqrstuvwxyz2=";
        for (int i = 0; i < 2; i++) {
            Path ready = folder.resolve("ready.json");
            Process process = start(
                    Map.of(), "--port=0", "--api-key=" + apiKey, "--app-key", appKey, "--ready-file", ready.toString());
            assertThat(readUntilReady(process)).contains("apiKey " + apiKey);
            JsonNode file = new ObjectMapper().readTree(ready.toFile());
            assertThat(file.path("apiKey").asText()).isEqualTo(apiKey);
            assertThat(file.path("appKey").asText()).isEqualTo(appKey);
            HttpStorage storage =
                    HttpStorage.connect(URI.create(file.path("url").asText()), appKey);
            assertThat(storage.sharedKvStore().increment("k", "n")).isEqualTo(1);
            assertThat(terminate(process)).isEmpty();
        }
        assertThat(failure(start(Map.of(), "--port=0", "--api-key=" + apiKey, "--app-key=" + apiKey)))
                .contains("in use");
        assertThat(failure(start(Map.of(), "--port=0", "--api-key=short"))).contains("27");
    }
}
