package dev.stowage.standalone;

import dev.stowage.emulator.Emulator;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Does once what a start and the first requests do: the command line, a server, an operation, a control call, a page of the console. A JVM
 * that records the classes of it can make an archive of them, with which a start takes half the time; {@code ./stowage} and the image do.
 */
public final class Rehearsal {

    private static final int LONGEST_MILLIS = 10_000;

    private Rehearsal() {}

    /**
     * Run it with an empty standard input, at whose end the command returns. There is no hook that ends the process, as the JVM has to
     * write at its end.
     */
    public static void main(String[] args) throws IOException {
        Main.configure();
        Main.prepareServer();
        Termination termination = new Termination();
        int status = Main.run(Map.of(), termination, "--port", "0", "--stop-with-stdin");
        try (Emulator emulator = Emulator.start()) {
            String key = emulator.install().apiKey();
            send(emulator.url(), key, "POST /v1/kvStore/put", "{\"key\":\"k\",\"value\":{\"text\":\"hello\"}}");
            send(emulator.url(), key, "POST /v1/kvStore/get", "{\"key\":\"k\"}");
            send(emulator.url(), key, "POST /_emulator/installs", "{\"appId\":\"app\"}");
            send(emulator.url(), key, "GET /console/", "");
        }
        termination.failed(status);
        termination.exit();
    }

    /** Without an HTTP client, whose classes a server does not need. */
    private static void send(URI url, String key, String line, String body) throws IOException {
        String request = String.join(
                "\r\n",
                line + " HTTP/1.1",
                "Host: " + url.getAuthority(),
                "Authorization: Bearer " + key,
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!response.startsWith("HTTP/1.1 2")) {
                throw new IOException(line + ": " + response);
            }
        }
    }
}
