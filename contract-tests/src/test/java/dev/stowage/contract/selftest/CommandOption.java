package dev.stowage.contract.selftest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.contract.selftest.CommandLineTest.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the suite with an option that names a shell command, against a service that can be killed over HTTP. */
record CommandOption(String option) {

    static void requireShell() {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/curl")), "sh and curl");
    }

    Run run(MinimalHttpServer server, String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--url", server.url().toString(), "--seed", "5", option, command));
        arguments.addAll(List.of(more));
        return CommandLineTest.run(arguments.toArray(new String[0]));
    }

    /** The command that kills the service and starts it again. */
    static String restart(MinimalHttpServer server) {
        return "curl -sf " + server.url() + "/test/restart";
    }
}
