package dev.stowage.standalone;

import static dev.stowage.standalone.CommandLineProcess.failure;
import static dev.stowage.standalone.CommandLineProcess.readUntilReady;
import static dev.stowage.standalone.CommandLineProcess.start;
import static dev.stowage.standalone.CommandLineProcess.terminate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --data}: DUR-1 and DUR-3 for a killed process, and what the start says. */
@Timeout(120)
class DataDirectoryTest {

    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    Path folder;

    private Process serve(Map<String, String> environment, String... more) throws Exception {
        List<String> args = new java.util.ArrayList<>(
                List.of("--port", "0", "--data", folder.resolve("data").toString()));
        args.addAll(List.of(more));
        return start(environment, args.toArray(String[]::new));
    }

    private static String apiKey(List<String> lines) {
        return lines.get(lines.size() - 2).substring("apiKey ".length());
    }

    private static Storage storage(List<String> lines) {
        return HttpStorage.connect(URI.create(lines.get(lines.size() - 1).substring("ready ".length())), apiKey(lines));
    }

    @Test
    void keepsKeyAndRecordsOfAKilledProcess() throws Exception {
        Path seed = Files.writeString(
                folder.resolve("seed.json"),
                "{\"format\":\"stowage/1\",\"stores\":{\"settings\":{\"plan\":{\"value\":{\"name\":\"seeded\"}}}}}");
        Process first = serve(Map.of(), "--seed", seed.toString(), "--manual-clock=2026-01-31T12:00:00Z");
        List<String> lines = readUntilReady(first);
        storage(lines).kvStore().put("k", Hash.of("a", 1));
        storage(lines).settings().put("plan", Hash.of("name", "changed"));
        first.destroyForcibly().waitFor();

        Process second = serve(Map.of(), "--seed", seed.toString());
        List<String> again = readUntilReady(second);
        assertThat(apiKey(again)).isEqualTo(apiKey(lines));
        assertThat(again.get(0)).startsWith("Not loaded: " + seed).contains("install 1");
        assertThat(again.get(1)).contains("frozen at 2026-01-31T12:00:00Z");
        assertThat(again.get(2)).contains("install 1, in " + folder.resolve("data"));
        assertThat(storage(again).kvStore().get("k")).isEqualTo(Hash.of("a", 1));
        assertThat(storage(again).settings().get("plan")).isEqualTo(Hash.of("name", "changed"));
        assertThat(terminate(second)).isEmpty();
    }

    @Test
    void isUsedByOneProcess() throws Exception {
        Process first = serve(Map.of());
        readUntilReady(first);
        assertThat(failure(serve(Map.of()))).contains("in use", "pid " + first.pid());
        terminate(first);
    }

    @Test
    void encryptsSecretsAndRefusesAnotherKey() throws Exception {
        Process first = serve(Map.of(DataOptions.KEY_VARIABLE, KEY));
        List<String> lines = readUntilReady(first);
        storage(lines).secrets().put("token", Hash.of("value", "do-not-show-this"));
        terminate(first);
        try (var files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("do-not-show-this");
            }
        }
        assertThat(failure(serve(Map.of()))).contains("encrypted", "STOWAGE_DATA_KEY");
        assertThat(failure(serve(Map.of(DataOptions.KEY_VARIABLE, KEY.replace("AAA=", "AAE=")))))
                .contains("another key");
        Path keyFile = Files.writeString(folder.resolve("key"), KEY + "\n");
        Process second = serve(Map.of(), "--data-key-file", keyFile.toString());
        assertThat(storage(readUntilReady(second)).secrets().get("token"))
                .isEqualTo(Hash.of("value", "do-not-show-this"));
        terminate(second);
    }

    @Test
    void optionsThatHaveNoEffectOrAreWrongAreOneLine() throws Exception {
        assertThat(failure(start(Map.of(), "--port", "0", "--durability", "disk")))
                .contains("--durability has no effect without --data");
        assertThat(failure(start(Map.of(), "--port", "0", "--data-key-file", "key")))
                .contains("--data-key-file has no effect without --data");
        assertThat(failure(serve(
                        Map.of(), "--data-key-file", folder.resolve("missing").toString())))
                .contains("Cannot read", "missing");
        assertThat(failure(serve(Map.of(DataOptions.KEY_VARIABLE, "too short"))))
                .contains(DataOptions.KEY_VARIABLE, "32 bytes")
                .doesNotContain("too short");
        assertThat(failure(serve(Map.of(), "--durability", "sometimes"))).contains("--durability");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(failure(start(Map.of("STOWAGE_DATA", file.toString()), "--port", "0")))
                .contains("is a file", "STOWAGE_DATA");
    }

    @Test
    void anAppWithAnotherKeyIsRefused() throws Exception {
        terminate(started(serve(Map.of())));
        assertThat(failure(serve(Map.of(), "--app-key", "A".repeat(27) + "=")))
                .contains("with another key", "--app-key");
        Process other = serve(Map.of(), "--api-key", "B".repeat(27) + "=");
        List<String> lines = readUntilReady(other);
        assertThat(apiKey(lines)).isEqualTo("B".repeat(27) + "=");
        terminate(other);
        Process again = serve(Map.of(), "--api-key", "B".repeat(27) + "=");
        assertThat(readUntilReady(again).get(0)).contains("install 2");
        terminate(again);
    }

    private static Process started(Process process) throws Exception {
        readUntilReady(process);
        return process;
    }
}
