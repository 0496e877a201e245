package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.property.Step;
import dev.stowage.contract.report.Counterexample;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.storage.StoreName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pastes the shell commands of counterexamples into a real shell, which must show the same failure. */
@Timeout(120)
class PastedCounterexampleTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needsAShell() {
        CommandOption.requireShell();
    }

    /** Runs one clause against a broken store, pastes the first counterexample, and returns the finding and what the shell printed. */
    private Pasted paste(Flaw flaw, String clause) throws Exception {
        try (MinimalHttpServer server = new MinimalHttpServer(flaw)) {
            SuiteResult result = Suite.run(
                    new HttpUnderTest(server.url(), null, true, Duration.ofSeconds(10)),
                    Chapters.properties(),
                    SuiteOptions.of(5, 8).with(clause::equals),
                    ProgressListener.SILENT);
            Finding finding = result.clauses().get(0).findings().get(0);
            List<String> lines = Counterexample.curl(finding, result.shellAccess());
            assertThat(lines).noneMatch(line -> line.startsWith("#"));
            return new Pasted(finding, lines, shell(lines));
        }
    }

    private record Pasted(Finding finding, List<String> lines, String output) {

        /** The result that the last call of the counterexample had in the suite. */
        Response lastResponse() {
            return finding.steps().stream()
                    .filter(step -> step.call() != null)
                    .map(Step::response)
                    .filter(Objects::nonNull)
                    .reduce((one, two) -> two)
                    .orElseThrow();
        }
    }

    private String shell(List<String> lines) throws IOException, InterruptedException {
        Path script = Files.createTempFile(folder, "pasted", ".sh");
        Path output = Files.createTempFile(folder, "output", ".txt");
        Files.write(script, lines, StandardCharsets.UTF_8);
        Process shell = new ProcessBuilder("/bin/sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static Flaw flaw(String clause, String does) {
        return BrokenStores.all().stream()
                .filter(store -> store.clause().equals(clause) && store.does().equals(does))
                .findFirst()
                .orElseThrow()
                .flaw();
    }

    private static String last(String output) {
        return output.strip().lines().reduce("", (one, two) -> two);
    }

    @Test
    void calls() throws Exception {
        Pasted pasted = paste(flaw("PUT-1", "merges a put into the old record"), "PUT-1");
        assertThat(last(pasted.output()))
                .as("%s", pasted)
                .startsWith("{\"result\":{")
                .contains("\"only\":1");
    }

    @Test
    void time() throws Exception {
        Pasted pasted = paste(flaw("TTL-3", "returns true from exists for an expired record"), "TTL-3");
        assertThat(pasted.lines()).anyMatch(line -> line.contains("/_emulator/clock/advance"));
        assertThat(last(pasted.output())).as("%s", pasted).isEqualTo("{\"result\":true}");
    }

    @Test
    void updaters() throws Exception {
        Flaw ignoresUpdates = new Flaw() {
            @Override
            RecordState after(Call call, RecordState before, RecordState right) {
                return call.has("ifVersion") ? before : right;
            }
        };
        Pasted pasted = paste(ignoresUpdates, "PATCH-3");
        assertThat(pasted.lines()).anyMatch(line -> line.contains("ifVersion"));
        assertThat(pasted.output()).as("%s", pasted).doesNotContain("version_conflict", "not found");
    }

    @Test
    void versions() throws Exception {
        Pasted pasted = paste(flaw("PATCH-3", "ignores ifVersion"), "PATCH-3");
        assertThat(pasted.lines()).as("%s", pasted).anyMatch(line -> line.contains("json version"));
        assertThat(pasted.lines()).anyMatch(line -> line.contains("\"ifVersion\":'$V"));
        assertThat(last(pasted.output()))
                .as("%s", pasted)
                .startsWith("{\"result\":")
                .doesNotContain("version_conflict");
    }

    @Test
    void installs() throws Exception {
        Pasted pasted = paste(flaw("INST-4", "lets an uninstalled install read"), "INST-4");
        assertThat(last(pasted.output())).as("%s", pasted).startsWith("{\"result\":");
        Pasted shared = paste(flaw("INST-1", "shares kvStore between all apps and installs"), "INST-1");
        assertThat(last(shared.output()))
                .as("%s", shared)
                .isEqualTo(
                        shared.lastResponse().result() instanceof Boolean is
                                ? "{\"result\":" + is + "}"
                                : last(shared.output()));
        assertThat(shared.output()).doesNotContain("unauthenticated");
    }

    @Test
    void wrongKeysAndReinstalls() throws Exception {
        Pasted wrong = paste(flaw("INST-6", "allows exists without a valid key"), "INST-6");
        assertThat(last(wrong.output())).as("%s", wrong).startsWith("{\"result\":");
        Pasted reinstalled = paste(flaw("INST-5", "keeps the old data after a reinstall"), "INST-5");
        assertThat(last(reinstalled.output())).as("%s", reinstalled).contains("\"mine\"");
    }

    @Test
    void pluginData() throws Exception {
        Pasted pasted = paste(flaw("PRIV-3", "accepts a plugin's old key"), "PRIV-3");
        assertThat(pasted.output()).as("%s", pasted).contains("\"mine\"").doesNotContain("unauthenticated");
    }

    @Test
    void longBodies() throws Exception {
        Pasted pasted = paste(flaw("VAL-8", "accepts at most 256 KB"), "VAL-8");
        assertThat(String.join("\n", pasted.lines())).hasSizeLessThan(4_000);
        assertThat(pasted.output()).as("%s", pasted).contains("record_too_large");
    }

    @Test
    void withoutAControlPlaneTheKeysAreTheReadersOwn() throws Exception {
        Flaw merges = flaw("PUT-1", "merges a put into the old record");
        try (MinimalHttpServer server = new MinimalHttpServer(merges)) {
            SuiteResult result = BrokenStoresAreFoundTest.run(merges, true, 5, 8, "PUT-1"::equals);
            ShellAccess access = new ShellAccess(server.url().toString(), false, false, "", "");
            List<String> lines =
                    Counterexample.curl(result.clauses().get(0).findings().get(0), access);
            assertThat(shell(lines)).contains("KEY: Set it to the key of the install.");
            String key = server.service().install("theirs").apiKey();
            List<String> own = new java.util.ArrayList<>(List.of("export KEY=" + key));
            own.addAll(lines);
            assertThat(last(shell(own))).contains("\"only\":1");
            assertThat(server.service().admission(key, StoreName.KV_STORE).refusal())
                    .isNull();
        }
    }
}
