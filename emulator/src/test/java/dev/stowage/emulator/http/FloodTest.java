package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send operations without a pause, and do not wait for the responses. */
@Timeout(60)
class FloodTest extends HttpTest {

    /** One more than the threads that read from connections on a machine with two processors. */
    private static final int CLIENTS = 3;

    private static final int AT_ONCE = 200;

    @Test
    @DisplayName("other clients have their responses meanwhile")
    void othersAreServed() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        CountDownLatch flooded = new CountDownLatch(CLIENTS);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new RawHttp(emulator.url()).connect();
                sockets.add(socket);
                new Thread(() -> send(socket)).start();
                new Thread(() -> receive(socket, flooded)).start();
            }
            flooded.await();
            Storage storage = HttpStorage.connect(emulator.url(), install.apiKey());
            for (int i = 0; i < 100; i++) {
                assertThat(storage.kvStore().get("none").asMap()).isEmpty();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void send(Socket socket) {
        String body = "{\"key\":\"none\"}";
        String request =
                "POST /v1/kvStore/get HTTP/1.1\r\nHost: " + emulator.url().getAuthority() + "\r\nAuthorization: Bearer "
                        + install.apiKey() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] requests = request.repeat(AT_ONCE).getBytes(StandardCharsets.UTF_8);
        try {
            while (true) {
                socket.getOutputStream().write(requests);
            }
        } catch (IOException ended) {
            // The test has closed the socket.
        }
    }

    private static void receive(Socket socket, CountDownLatch flooded) {
        try {
            assertThat(RawHttp.read(socket).status()).isEqualTo(200);
            flooded.countDown();
            byte[] buffer = new byte[1 << 16];
            while (socket.getInputStream().read(buffer) >= 0) {
                // Only to make room for more.
            }
        } catch (IOException ended) {
            // The test has closed the socket.
        }
    }
}
