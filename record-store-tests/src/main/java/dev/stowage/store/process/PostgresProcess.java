package dev.stowage.store.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server of its own data. */
public final class PostgresProcess implements Part {

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

    /** Starts a server that does not wait for the disk: what it has acknowledged outlives the process, but not the machine. */
    public static PostgresProcess start(Path data) {
        return start(data, "off");
    }

    /** Starts a server whose acknowledged writes are on the disk, as by default. */
    public static PostgresProcess startDurable(Path data) {
        return start(data, "on");
    }

    private static PostgresProcess start(Path data, String fsync) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", fsync)
                    .start();
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return new PostgresProcess(
                    data, server.getPort(), ProcessHandle.of(pid).orElseThrow());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The URL of its database. */
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void kill() {
        new ProcessTree(postmaster).kill();
    }

    @Override
    public void pause() {
        new ProcessTree(postmaster).pause();
    }

    @Override
    public void resume() {
        new ProcessTree(postmaster).resume();
    }

    /** Does not wait until it accepts connections. */
    @Override
    public void restart() {
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

    /** Its clients wait for it. */
    @Override
    public void awaitReady() {}

    /** Kills it and starts it again on the data that it left, on the same port. */
    public void killAndRestart() {
        kill();
        restart();
    }
}
