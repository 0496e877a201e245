package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stowage.storage.Hash;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowConnectionsTest extends HttpTest {

    private String head(int length) {
        return "POST /v1/kvStore/put HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + install.apiKey()
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("300 connections that send half a request do not block others, and succeed when they continue")
    void slowSenders() throws IOException {
        String body = "{\"key\":\"slow\",\"value\":{\"a\":1}}";
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = http.connect();
                slow.add(socket);
                send(
                        socket,
                        i % 2 == 0
                                ? head(body.length()) + body.substring(0, 20)
                                : head(body.length()).substring(0, 40));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(call("kvStore/increment", "{\"key\":\"n\",\"field\":\"n\"}")
                                .status())
                        .isEqualTo(200);
            }
            send(slow.get(0), body.substring(20));
            assertThat(RawHttp.read(slow.get(0)).status()).isEqualTo(200);
            assertThat(install.storage().kvStore().get("slow")).isEqualTo(Hash.of("a", 1));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("connections that end in the middle of a body change nothing")
    void brokenSenders() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = http.connect()) {
                send(socket, head(1_000) + "{\"key\":\"broken\",\"value\":{}}");
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(install.storage().kvStore().exists("broken")).isFalse();
        assertThat(call("kvStore/exists", "{\"key\":\"broken\"}").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("connections that never read their responses do not block others")
    void slowReaders() throws IOException {
        install.storage().kvStore().put("large", Hash.of("t", "x".repeat(400_000)));
        String get = "{\"key\":\"large\"}";
        String request = head(get.length()).replace("/put", "/get") + get;
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = http.connect();
                slow.add(socket);
                for (int n = 0; n < 20; n++) {
                    send(socket, request);
                }
            }
            assertThatCode(() -> {
                        for (int i = 0; i < 50; i++) {
                            call("kvStore/increment", "{\"key\":\"n\",\"field\":\"n\"}");
                        }
                    })
                    .doesNotThrowAnyException();
        } finally {
            for (Socket socket : slow) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }
}
