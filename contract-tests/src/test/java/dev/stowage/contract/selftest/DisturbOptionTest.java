package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.selftest.CommandLineTest.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --disturb COMMAND}: a command that works, and the ways in which one can fail. */
@Timeout(120)
class DisturbOptionTest {

    @TempDir
    Path folder;

    private static final CommandOption OPTION = new CommandOption("--disturb");

    @BeforeAll
    static void needsAShell() {
        CommandOption.requireShell();
    }

    @Test
    @DisplayName("a service that keeps what it answered: DUR-2 holds, and the command gets numbers drawn from the seed")
    void holds() throws IOException {
        Path log = folder.resolve("log");
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            String command = "echo $STOWAGE_DISTURBANCE >> " + log + "; " + CommandOption.restart(server);
            Run run = OPTION.run(server, command, "--tries", "20", "--clauses", "DUR-*");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("1 held, 0 broken, 0 advisory, 4 not checkable");
            List<String> first = Files.readAllLines(log);
            assertThat(first).hasSizeGreaterThan(2).allMatch(number -> number.matches("\\d{1,4}"));
            Files.delete(log);
            OPTION.run(server, command, "--tries", "20", "--clauses", "DUR-*");
            assertThat(Files.readAllLines(log)).isEqualTo(first);
        }
    }

    @Test
    @DisplayName("a service that loses what it answered: binding without --strict, and the counterexample disturbs it")
    void broken() throws IOException {
        Flaw forgets = new Flaw() {
            @Override
            int writesBehind() {
                return 8;
            }
        };
        try (MinimalHttpServer server = new MinimalHttpServer(forgets)) {
            Run run = OPTION.run(server, CommandOption.restart(server), "--tries", "40", "--clauses", "DUR-*");
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out())
                    .contains("BROKEN: ", "STOWAGE_DISTURBANCE=", "sh -c '" + CommandOption.restart(server) + "'");
        }
    }

    @Test
    @DisplayName("a command that fails: status 2, and one line with what it printed, before anything is tested")
    void failingCommand() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, "echo no such node >&2; exit 3");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("The command of --disturb failed with status 3", "It printed: no such node");
            assertThat(run.err().trim().lines()).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    @DisplayName("an empty command is refused")
    void empty() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = OPTION.run(server, " ");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("--disturb requires a command");
        }
    }
}
