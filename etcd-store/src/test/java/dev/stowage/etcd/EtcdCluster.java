package dev.stowage.etcd;

import dev.stowage.store.RequiredProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of etcd on free ports of the loopback address, which a test can kill and start again. */
final class EtcdCluster implements AutoCloseable {

    private final Path folder;
    private final List<Integer> clientPorts = new ArrayList<>();
    private final List<Integer> peerPorts = new ArrayList<>();
    private final List<Process> members = new ArrayList<>();
    private int turns;

    private EtcdCluster(Path folder, int size) {
        this.folder = folder;
        for (int i = 0; i < 2 * size; i++) {
            (i < size ? clientPorts : peerPorts).add(freePort());
        }
        IntStream.range(0, size).forEach(member -> members.add(run(member)));
        awaitLeader();
    }

    /** Starts members, or skips the test if there is no etcd on this machine. */
    static EtcdCluster start(Path folder, int size) {
        RequiredProgram.check("etcd", "--version", "etcd-server");
        return new EtcdCluster(folder, size);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String url(String prefix) {
        return clientPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",", "etcd://", "/"))
                + prefix + "?max-txn-ops=20000";
    }

    int size() {
        return members.size();
    }

    private Process run(int member) {
        String client = "http://127.0.0.1:" + clientPorts.get(member);
        String peer = "http://127.0.0.1:" + peerPorts.get(member);
        ProcessBuilder builder = new ProcessBuilder(
                "etcd",
                "--name",
                "m" + member,
                "--data-dir",
                folder.resolve("m" + member).toString(),
                "--listen-client-urls",
                client,
                "--advertise-client-urls",
                client,
                "--listen-peer-urls",
                peer,
                "--initial-advertise-peer-urls",
                peer,
                "--initial-cluster",
                IntStream.range(0, clientPorts.size())
                        .mapToObj(i -> "m" + i + "=http://127.0.0.1:" + peerPorts.get(i))
                        .collect(Collectors.joining(",")),
                "--heartbeat-interval",
                "100",
                "--election-timeout",
                "1000",
                "--max-txn-ops",
                "20000",
                "--logger",
                "zap",
                "--log-level",
                "error");
        builder.environment().keySet().removeIf(name -> name.startsWith("ETCD"));
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("m" + member + ".log").toFile()))
                    .start();
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    "etcd can't be started. On Debian and Ubuntu it is the package etcd-server.", problem);
        }
    }

    /** Kills a member without a warning. */
    void kill(int member) {
        members.get(member).destroyForcibly();
        members.get(member).onExit().join();
    }

    /** Starts a killed member again on the data that it left. */
    void restart(int member) {
        members.set(member, run(member));
    }

    /** By turns: kills all members, or one of them, which may be the leader, and starts them again. */
    void killAndRestart() {
        int turn = turns++;
        if (turn % 2 == 0) {
            killAndRestartAll();
        } else {
            int member = turn / 2 % size();
            kill(member);
            restart(member);
        }
    }

    void killAndRestartAll() {
        IntStream.range(0, size()).forEach(this::kill);
        IntStream.range(0, size()).forEach(this::restart);
        awaitLeader();
    }

    private void awaitLeader() {
        // The client tries again until there is one.
        try (EtcdClient client = new EtcdClient(EtcdAddress.parse(url("test"), java.util.Map.of()))) {
            client.check();
        }
    }

    @Override
    public void close() {
        IntStream.range(0, size()).forEach(this::kill);
    }
}
