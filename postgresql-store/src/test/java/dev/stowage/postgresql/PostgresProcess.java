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
    private ProcessHandle postmaster;

    private PostgresProcess(Path data, int port, ProcessHandle postmaster) {
        this.data = data;
        this.port = port;
        this.postmaster = postmaster;
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

    /** Kills it and starts it again on the data that it left, on the same port. Does not wait until it accepts connections. */
    void restart() {
        ProcessHandle.Info before = postmaster.info();
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(before.command().orElseThrow());
        command.addAll(List.of(before.arguments().orElseThrow()));
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
