package dev.stowage.contract.http;

import dev.stowage.contract.backend.RestartFailedException;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.property.WallClock;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user's, after which the service responds again: it restarts or disturbs it. A shell runs it, without input. Its output goes to a file, not to a pipe, because a service that it starts inherits it and stays.
 *
 * @param option the option that names it
 * @param patience how long the command, and then the first response, may take together
 */
record ShellCommand(String option, String command, Duration patience) {

    private static final long BETWEEN_PROBES = 50_000_000L;
    private static final int MOST_OUTPUT = 200;

    /**
     * Runs the command and waits until the service responds.
     *
     * @param environment variables for the command
     * @param probe a request to the service
     * @throws RestartFailedException if the command fails, or one of the two takes too long
     */
    void run(Map<String, String> environment, Runnable probe) {
        long until = WallClock.nanoTime() + patience.toNanos();
        runCommand(until, environment);
        String last = "";
        while (WallClock.nanoTime() - until < 0) {
            try {
                probe.run();
                return;
            } catch (NoResponseException | NotCheckableException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            WallClock.sleepUntil(WallClock.nanoTime() + BETWEEN_PROBES);
        }
        throw new RestartFailedException("The service did not respond within " + patience.toSeconds()
                + " seconds after the command of " + option + ". The last request: " + last);
    }

    private void runCommand(long until, Map<String, String> environment) {
        Path output = null;
        try {
            output = Files.createTempFile("stowage-command", ".txt");
            ProcessBuilder builder = new ProcessBuilder(inShell())
                    .redirectInput(new File(isWindows() ? "NUL" : "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process shell = builder.start();
            if (!shell.waitFor(until - WallClock.nanoTime(), TimeUnit.NANOSECONDS)) {
                shell.destroyForcibly();
                throw new RestartFailedException("The command of " + option + " did not end within "
                        + patience.toSeconds() + " seconds. It must start the service in the background: " + command);
            }
            if (shell.exitValue() != 0) {
                throw new RestartFailedException("The command of " + option + " failed with status " + shell.exitValue()
                        + ": " + command + excerpt(output));
            }
        } catch (IOException unable) {
            throw new RestartFailedException("The command of " + option + " could not be run: " + unable.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new RestartFailedException("The run was interrupted.");
        } finally {
            delete(output);
        }
    }

    private List<String> inShell() {
        return isWindows() ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** The end of what the command printed. */
    private static String excerpt(Path output) throws IOException {
        String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
        int from = Math.max(0, printed.length() - MOST_OUTPUT);
        return printed.isEmpty() ? "" : ". It printed: " + (from == 0 ? "" : "…") + printed.substring(from);
    }

    private static void delete(@org.jspecify.annotations.Nullable Path output) {
        try {
            if (output != null) {
                Files.deleteIfExists(output);
            }
        } catch (IOException stillInUse) {
            output.toFile().deleteOnExit();
        }
    }
}
