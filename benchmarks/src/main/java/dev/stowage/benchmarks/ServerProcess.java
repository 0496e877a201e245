package dev.stowage.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in its own JVM, so that its processor time can be measured separately from the client's. The system property {@code
 * server.heap} is the size of its heap (default: 1g).
 */
record ServerProcess(Process process, int port, String key, Protocol protocol) implements AutoCloseable {

    private static final int LONGEST_END_SECONDS = 10;

    static ServerProcess start(String... which) throws IOException {
        List<String> options = List.of(
                "-Xmx" + System.getProperty("server.heap", "1g"), "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        Process process = new ProcessBuilder(JvmCommand.of(options, List.of(which)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                String[] words = line.split(" ");
                return new ServerProcess(process, Integer.parseInt(words[1]), words[2], new HttpProtocol());
            }
        }
        throw new IOException(List.of(which) + " did not start");
    }

    Duration cpuTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        // It shares the processor with what is measured next.
        process.onExit()
                .orTimeout(LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .handle((end, late) -> null)
                .join();
    }
}
