package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several requests on one connection. None may be processed with data of the request before. */
class KeepAliveConnectionTest extends HttpTest {

    private static RawHttp.Response send(Socket socket, String key) throws IOException {
        String body = "{\"key\":\"k\"}";
        String request = "POST /v1/kvStore/get HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return RawHttp.read(socket);
    }

    @Test
    @DisplayName("INST-6: a key in another case is unknown, also after the right one on the same connection")
    void keyInAnotherCase() throws IOException {
        StringBuilder swapped = new StringBuilder();
        install.apiKey()
                .chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        try (Socket socket = http.connect()) {
            assertThat(send(socket, install.apiKey()).status()).isEqualTo(200);
            assertThat(send(socket, swapped.toString()).status()).isEqualTo(401);
            assertThat(send(socket, install.apiKey()).status()).isEqualTo(200);
        }
    }
}
