package dev.stowage.store.process;

import dev.stowage.store.RequiredProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of etcd. Each is a {@link Part}. */
public final class EtcdCluster implements AutoCloseable {

    /** Not known to the oldest versions. */
    private static final String WITHOUT_FSYNC = "--unsafe-no-fsync";

    private final Path folder;
    private final String scheme;
    private final List<String> options;
    private final List<Integer> clientPorts = new ArrayList<>();
    private final List<Integer> peerPorts = new ArrayList<>();
    private final List<Integer> metricsPorts = new ArrayList<>();
    private final List<Process> members = new ArrayList<>();
    private int turns;

    private EtcdCluster(Path folder, int size, String scheme, List<String> options) {
        this.folder = folder;
        this.scheme = scheme;
        this.options = options;
        for (int i = 0; i < size; i++) {
            clientPorts.add(freePort());
            peerPorts.add(freePort());
            metricsPorts.add(freePort());
        }
        IntStream.range(0, size).forEach(member -> members.add(run(member)));
        awaitReady();
    }

    /**
     * Starts members that don't wait for the disk: what they have acknowledged outlives the processes, but not the machine. Skips the
     * test if there is no etcd on this machine.
     */
    public static EtcdCluster start(Path folder, int size) {
        return new EtcdCluster(folder, size, "http", optionsWithoutFsync());
    }

    /** Starts members whose acknowledged writes are on the disk, as by default. */
    public static EtcdCluster startDurable(Path folder, int size) {
        RequiredProgram.check("etcd", "--version", "etcd-server");
        return new EtcdCluster(folder, size, "http", List.of());
    }

    /**
     * As {@link #start}, a member that its clients reach by TLS, and whose tokens for users are signed ones, which a change of any user or
     * role makes invalid. The files are PEM.
     */
    public static EtcdCluster startWithTls(Path folder, Path certificate, Path privateKey) {
        List<String> options = new ArrayList<>(optionsWithoutFsync());
        options.addAll(List.of("--cert-file", certificate.toString(), "--key-file", privateKey.toString()));
        options.addAll(List.of(
                "--auth-token",
                "jwt,pub-key=" + certificate + ",priv-key=" + privateKey + ",sign-method=RS256,ttl=10m"));
        return new EtcdCluster(folder, 1, "https", options);
    }

    private static List<String> optionsWithoutFsync() {
        RequiredProgram.check("etcd", "--version", "etcd-server");
        return RequiredProgram.succeeds("etcd", WITHOUT_FSYNC, "--version") ? List.of(WITHOUT_FSYNC) : List.of();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The URLs of the members. */
    public List<URI> endpoints() {
        return clientPorts.stream()
                .map(port -> URI.create(scheme + "://127.0.0.1:" + port))
                .toList();
    }

    /** The URL of a store in the cluster, for members without TLS. */
    public String url(String prefix) {
        return clientPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",", "etcd://", "/"))
                + prefix + "?max-txn-ops=20000";
    }

    private int size() {
        return members.size();
    }

    private Process run(int member) {
        String client = endpoints().get(member).toString();
        String peer = "http://127.0.0.1:" + peerPorts.get(member);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                "etcd",
                "--name",
                "m" + member,
                "--data-dir",
                folder.resolve("m" + member).toString(),
                "--listen-client-urls",
                client,
                "--advertise-client-urls",
                client,
                "--listen-metrics-urls",
                metrics(member),
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
                "error")));
        builder.command().addAll(options);
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

    private String metrics(int member) {
        return "http://127.0.0.1:" + metricsPorts.get(member);
    }

    /** By turns: kills all members, or one of them, which may be the leader, and starts them again. */
    public void killAndRestart() {
        int turn = turns++;
        if (turn % 2 == 0) {
            killAndRestartAll();
        } else {
            Part member = parts().get(turn / 2 % size());
            member.kill();
            member.restart();
        }
    }

    public void killAndRestartAll() {
        parts().forEach(Part::kill);
        parts().forEach(Part::restart);
        awaitReady();
    }

    private void awaitReady() {
        parts().forEach(Part::awaitReady);
    }

    /** The members, each of which may be the leader. */
    public List<Part> parts() {
        return IntStream.range(0, size()).<Part>mapToObj(Member::new).toList();
    }

    private final class Member implements Part {

        private final int number;

        Member(int number) {
            this.number = number;
        }

        private ProcessTree tree() {
            return new ProcessTree(members.get(number).toHandle());
        }

        @Override
        public String name() {
            return "etcd " + number;
        }

        @Override
        public void kill() {
            tree().kill();
        }

        @Override
        public void restart() {
            members.set(number, run(number));
        }

        @Override
        public void pause() {
            tree().pause();
        }

        @Override
        public void resume() {
            tree().resume();
        }

        /** Returns when it knows a leader. */
        @Override
        public void awaitReady() {
            Health.await(URI.create(metrics(number) + "/health"));
        }
    }

    @Override
    public void close() {
        parts().forEach(Part::kill);
    }
}
