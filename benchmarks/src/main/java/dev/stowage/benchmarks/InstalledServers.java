package dev.stowage.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers of the machine, for comparison: of Debian's packages nginx-light and redis-server, for example. One that is not installed is left out. */
final class InstalledServers {

    private static final int TRIES = 500;
    private static final int PAUSE_MILLIS = 10;

    private final Path folder;

    /** @param folder for their files */
    InstalledServers(Path folder) {
        this.folder = folder;
    }

    /** A server with one process that returns a constant. */
    Optional<ServerProcess> nginx(byte[] body) throws IOException {
        int port = freePort();
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr crit;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    default_type application/json;
                    server {
                        listen 127.0.0.1:%2$d;
                        keepalive_requests 1000000000;
                        location / { return 200 '%3$s'; }
                    }
                }
                """.formatted(folder, port, new String(body, StandardCharsets.UTF_8)));
        return start(port, new HttpProtocol(), "nginx", "-p", folder.toString(), "-c", configuration.toString());
    }

    /** In memory alone. */
    Optional<ServerProcess> redis() throws IOException {
        int port = freePort();
        return start(
                port,
                new RedisProtocol(),
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
    }

    private static Optional<ServerProcess> start(int port, Protocol protocol, String program, String... arguments)
            throws IOException {
        Optional<Path> installed = Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isEmpty()) {
            System.out.println(program + " is not installed");
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(installed.get().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ServerProcess server = new ServerProcess(process, port, "none", protocol);
        if (!isListening(port)) {
            server.close();
            System.out.println(program + " did not start");
            return Optional.empty();
        }
        return Optional.of(server);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return true;
            } catch (IOException notYet) {
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
