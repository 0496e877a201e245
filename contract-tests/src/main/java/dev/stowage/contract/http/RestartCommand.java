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
import java.util.concurrent.TimeUnit;

/**
 * The user's command that kills the service and starts it again. A shell runs it, without input. Its output goes to a file, not to a pipe, because the service that it starts inherits it and stays.
 *
 * @param patience how long the command, and then the first response, may take together
 */
record RestartCommand(String command, Duration patience) {

    private static final long BETWEEN_PROBES = 50_000_000L;
    private static final int MOST_OUTPUT = 200;

    /**
     * Runs the command and waits until the service responds.
     *
     * @param probe a request to the service
     * @throws RestartFailedException if the command fails, or one of the two takes too long
     */
    void run(Runnable probe) {
        long until = WallClock.nanoTime() + patience.toNanos();
        runCommand(until);
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
                + " seconds after the command of --restart. The last request: " + last);
    }

    private void runCommand(long until) {
        Path output = null;
        try {
            output = Files.createTempFile("stowage-restart", ".txt");
            Process shell = new ProcessBuilder(inShell())
                    .redirectInput(new File(isWindows() ? "NUL" : "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!shell.waitFor(until - WallClock.nanoTime(), TimeUnit.NANOSECONDS)) {
                shell.destroyForcibly();
                throw new RestartFailedException("The command of --restart did not end within " + patience.toSeconds()
                        + " seconds. It must start the service in the background: " + command);
            }
            if (shell.exitValue() != 0) {
                throw new RestartFailedException("The command of --restart failed with status " + shell.exitValue()
                        + ": " + command + excerpt(output));
            }
        } catch (IOException unable) {
            throw new RestartFailedException("The command of --restart could not be run: " + unable.getMessage());
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
