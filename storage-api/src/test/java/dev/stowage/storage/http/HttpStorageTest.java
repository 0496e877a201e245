package dev.stowage.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the client fails if the service is gone, slow, broken or of another version. */
@Timeout(30)
class HttpStorageTest {

    private static StorageException unavailable(ThrowingCallable call) {
        StorageException refusal = catchThrowableOfType(StorageException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        return refusal;
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private static StorageException refusalOfResponse(int status, String body, String contentType) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return catchThrowableOfType(
                    StorageException.class,
                    () -> HttpStorage.connect(url(server.getAddress().getPort()), "key")
                            .kvStore()
                            .get("k"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void onlyHttpsHasTls() throws Exception {
        assertThat(HttpStorage.newHttpClient(URI.create("https://storage.example/"))
                        .sslContext()
                        .getDefaultSSLParameters()
                        .getCipherSuites())
                .isNotEmpty();
        SSLContext none = HttpStorage.newHttpClient(url(1)).sslContext();
        assertThatThrownBy(none::createSSLEngine).hasMessageContaining("for http URLs");
    }

    @Test
    void connectionRefused() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        StorageException refusal = unavailable(
                () -> HttpStorage.connect(url(port), "key").kvStore().get("the key"));
        assertThat(refusal)
                .hasMessageContaining(String.valueOf(port))
                .hasMessageContaining("Is the service running?")
                .hasMessageContaining("Nothing was done");
    }

    @Test
    void responseTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HttpStorage storage = HttpStorage.builder(url(silent.getLocalPort()), "key")
                    .requestTimeout(Duration.ofMillis(200))
                    .build();
            assertThat(unavailable(() -> storage.kvStore().put("k", Hash.empty())))
                    .hasMessageContaining("no response within 0.2 seconds")
                    .hasMessageContaining("may have been carried out");
        }
    }

    @Test
    void connectionBreaks() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread closesConnections = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                    }
                } catch (IOException end) {
                    return;
                }
            });
            closesConnections.start();
            StorageException refusal = unavailable(() -> HttpStorage.connect(url(server.getLocalPort()), "key")
                    .kvStore()
                    .increment("k", "n"));
            assertThat(refusal).hasMessageContaining("may have been carried out");
            server.close();
            closesConnections.join();
        }
    }

    @Test
    void malformedResponses() throws IOException {
        assertThat(refusalOfResponse(200, "<html>", "text/html").code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refusalOfResponse(200, "", "application/json").code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refusalOfResponse(200, "{\"result\":{\"a\":", "application/json")
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refusalOfResponse(200, "{\"result\":5}", "application/json").code())
                .isEqualTo(ErrorCode.INTERNAL);
        assertThat(refusalOfResponse(502, "<html>Bad Gateway", "text/html"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("502");
        assertThat(refusalOfResponse(418, "{\"code\":\"teapot\",\"detail\":\"short\"}", "application/json"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessage("short");
    }

    @Test
    void codeMessageAndDetailsComeFromTheProblemDocument() throws IOException {
        String problem =
                "{\"code\":\"wrong_type\",\"detail\":\"why\",\"store\":\"kvStore\",\"key\":\"k\",\"limit\":5,\"new\":1}";
        StorageException refusal = refusalOfResponse(409, problem, "application/problem+json");
        assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_TYPE);
        assertThat(refusal).hasMessage("why");
        assertThat(refusal.details())
                .containsEntry("store", "kvStore")
                .containsEntry("limit", 5L)
                .doesNotContainKey("new");
    }
}
