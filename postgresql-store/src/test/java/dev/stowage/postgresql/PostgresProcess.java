package dev.stowage.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of its own data, on a free port of the loopback address, that a test can kill. */
final class PostgresProcess {

    private final Path data;
    private final int port;
    private final List<String> command = new ArrayList<>();
    private ProcessHandle postmaster;

    private PostgresProcess(Path data, int port, ProcessHandle postmaster) {
        this.data = data;
        this.port = port;
        this.postmaster = postmaster;
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(postmaster.info().command().orElseThrow());
        command.addAll(List.of(postmaster.info().arguments().orElseThrow()));
    }

    static PostgresProcess start(Path data) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .start();
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return new PostgresProcess(
                    data, server.getPort(), ProcessHandle.of(pid).orElseThrow());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    /** Kills the server's processes without a warning, and returns when they are gone. */
    void kill() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Stops the server's processes where they are. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .forEach(process -> kill.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(kill).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Kills it and starts it again on the data that it left, on the same port. Does not wait until it accepts connections. */
    void restart() {
        kill();
        try {
            postmaster = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("restart.log").toFile())
                    .start()
                    .toHandle();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
