package dev.stowage.store.process;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An emulator on a shared store, in a JVM of its own. */
public final class EmulatorProcess implements Part, AutoCloseable {

    private static final String READY = "ready ";

    private final String name;
    private final String store;
    private Process process;
    private URI url;

    private EmulatorProcess(String name, String store) {
        this.name = name;
        this.store = store;
        this.url = URI.create("http://127.0.0.1:0");
        this.process = run();
    }

    public static EmulatorProcess start(String name, String store) {
        return new EmulatorProcess(name, store);
    }

    private Process run() {
        try {
            Process started = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EmulatorProcess.class.getName(),
                            Integer.toString(url.getPort()),
                            store))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            url = readUrl(started);
            return started;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static URI readUrl(Process started) throws IOException {
        BufferedReader out = started.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()));
            }
        }
        throw new IOException("the emulator did not start");
    }

    public URI url() {
        return url;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void kill() {
        new ProcessTree(process.toHandle()).kill();
    }

    @Override
    public void restart() {
        process = run();
    }

    @Override
    public void pause() {
        new ProcessTree(process.toHandle()).pause();
    }

    @Override
    public void resume() {
        new ProcessTree(process.toHandle()).resume();
    }

    @Override
    public void awaitReady() {
        Health.await(url.resolve("/_emulator/health"));
    }

    @Override
    public void close() {
        kill();
    }

    /**
     * Runs the emulator until its standard input ends, as it does with the process that started it.
     *
     * @param args the port, 0 for a free one, and the URL of the store
     */
    public static void main(String... args) throws IOException {
        try (Emulator emulator = Emulator.start(EmulatorConfig.builder()
                .port(Integer.parseInt(args[0]))
                .store(args[1])
                .build())) {
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write((READY + emulator.url() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            while (System.in.read() >= 0) {
                // Nothing is expected.
            }
        }
    }
}
