package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.selftest.CommandLineTest.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --restart COMMAND}: a command that works, and the ways in which one can fail. */
@Timeout(120)
class RestartOptionTest {

    @TempDir
    Path folder;

    private static final CommandOption OPTION = new CommandOption("--restart");

    @BeforeAll
    static void needsAShell() {
        CommandOption.requireShell();
    }

    @Test
    @DisplayName("a durable service: chapter 12 holds, although requests fail while it is killed")
    void durable() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, CommandOption.restart(server), "--tries", "20", "--clauses", "DUR-*");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("5 held, 0 broken, 0 advisory, 0 not checkable", "12 Durability");
        }
    }

    @Test
    @DisplayName(
            "a deleted record comes back: DUR-1 is binding without --strict, and the counterexample restarts the service")
    void notDurable() throws IOException {
        BrokenStore forgets = BrokenDurability.chapter12().stream()
                .filter(store -> store.does().contains("tombstone"))
                .findFirst()
                .orElseThrow();
        try (MinimalHttpServer server = new MinimalHttpServer(forgets.flaw())) {
            Run run = OPTION.run(server, CommandOption.restart(server), "--tries", "2", "--clauses", "DUR-1");
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out())
                    .contains(
                            "BROKEN: DUR-1",
                            "sh -c '" + CommandOption.restart(server) + "'",
                            "the service is killed and started");
        }
    }

    @Test
    @DisplayName("without a control plane: what needs none is checked, on the given installs")
    void keysAlone() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            String one = server.service().install("theirs").apiKey();
            String two = server.service().install("theirs").apiKey();
            Run run = OPTION.run(
                    server,
                    CommandOption.restart(server),
                    "--tries",
                    "1",
                    "--clauses",
                    "DUR-1,DUR-2,DUR-3,DUR-5",
                    "--install-key",
                    one,
                    "--install-key",
                    two);
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("4 held, 0 broken");
            assertThat(server.service().recordCount()).isZero();
        }
    }

    @Test
    @DisplayName("a command that fails: status 2, and one line with what it printed, before anything is tested")
    void failingCommand() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, "echo no such service >&2; exit 3");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .contains("The command of --restart failed with status 3", "It printed: no such service");
            assertThat(run.err().trim().lines()).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    @DisplayName("a command that fails later: status 2, with the results so far")
    void failsLater() throws IOException {
        Path used = folder.resolve("used");
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(
                    server, "test ! -e " + used + " && touch " + used, "--tries", "1", "--clauses", "PUT-1,DUR-3");
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.out()).contains("ABORTED: The command of --restart failed with status 1", "held");
        }
    }

    @Test
    @DisplayName("a service that does not come back: status 2")
    void doesNotComeBack() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(
                    server, "curl -sf " + server.url() + "/test/kill", "--timeout", "1", "--clauses", "DUR-1");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("The service did not respond within 5 seconds after the command");
        }
    }

    @Test
    @DisplayName("a command that does not end: status 2")
    void doesNotEnd() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, "exec sleep 100", "--timeout", "1", "--clauses", "DUR-1");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("did not end within 5 seconds", "in the background");
        }
    }

    @Test
    @DisplayName("clauses without a restart do not use the command")
    void notNeeded() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, "exit 3", "--tries", "1", "--clauses", "PUT-1");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
        }
    }

    @Test
    @DisplayName("without --restart, --strict does not fail because chapter 12 is not checkable")
    void strictWithoutRestart() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = CommandLineTest.run(
                    "--url", server.url().toString(), "--seed", "5", "--strict", "--clauses", "DUR-*,PUT-1");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("1 held, 0 broken, 0 advisory, 5 not checkable");
        }
    }
}
