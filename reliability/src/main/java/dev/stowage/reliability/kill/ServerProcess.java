package dev.stowage.reliability.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An emulator in a process of its own, which can be killed. */
final class ServerProcess {

    private final Process process;
    private final URI url;
    private final String apiKey;
    private final Duration startTime;

    private ServerProcess(Process process, URI url, String apiKey, Duration startTime) {
        this.process = process;
        this.url = url;
        this.apiKey = apiKey;
        this.startTime = startTime;
    }

    /**
     * Starts the emulator and waits until it is ready.
     *
     * @throws IOException if it does not start; the message has its error output
     */
    static ServerProcess start(Path data, String durability) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.stowage.standalone.Main",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--durability",
                        durability,
                        "--stop-with-stdin"))
                .start();
        BufferedReader out = process.inputReader();
        String apiKey = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("apiKey ")) {
                apiKey = line.substring("apiKey ".length());
            } else if (line.startsWith("ready ")) {
                URI url = URI.create(line.substring("ready ".length()));
                return new ServerProcess(process, url, apiKey, Duration.ofNanos(System.nanoTime() - start));
            }
        }
        throw new IOException("the emulator did not start: "
                + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    URI url() {
        return url;
    }

    String apiKey() {
        return apiKey;
    }

    /** From the start of the process to its ready line. */
    Duration startTime() {
        return startTime;
    }

    /** Ends the process at once, as {@code kill -9} does, and waits for its end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
