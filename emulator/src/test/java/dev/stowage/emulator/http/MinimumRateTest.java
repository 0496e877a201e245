package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.http.exchange.MinimumRate;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import io.javalin.Javalin;
import io.javalin.http.servlet.JavalinServlet;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is too slow is disconnected; others are not, however long they are connected. */
@Timeout(30)
class MinimumRateTest {

    private static final MinimumRate RATE = new MinimumRate(Duration.ofMillis(200), 1_000_000_000);
    private static final int LARGE = 64 * 1024 * 1024;

    private final CountDownLatch written = new CountDownLatch(1);
    private Server server;
    private RawHttp http;

    @BeforeEach
    void start() throws Exception {
        Javalin javalin = Javalin.create(config -> {
            config.routes.exception(IOException.class, (gone, ctx) -> {});
            config.routes.post("/small", ctx -> {});
            config.routes.post(
                    "/_emulator/apps/a/import",
                    ctx -> ctx.req().getInputStream().readAllBytes());
            config.routes.get(
                    "/large",
                    ctx -> ctx.future(() -> ResponseWriter.writeAsync(ctx, "text/plain", new byte[LARGE])
                            .whenComplete((done, problem) -> written.countDown())));
        });
        server = JettyServer.create(
                "127.0.0.1",
                0,
                UnaryOperator.identity(),
                request -> false,
                new LazyServlet(() -> new JavalinServlet(javalin.unsafe)),
                new QueuedThreadPool(),
                RATE);
        server.start();
        http = new RawHttp(
                URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort()));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/small", "/_emulator/apps/a/import"})
    @DisplayName("a sender that stops in its body is disconnected")
    void slowSender(String path) throws IOException {
        try (Socket socket = http.connect()) {
            send(socket, "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
            assertThat(endOf(socket)).isEqualTo(-1);
        }
    }

    private static int endOf(Socket socket) {
        try {
            int last = socket.getInputStream().read();
            while (last >= 0) {
                last = socket.getInputStream().read();
            }
            return last;
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("the connection is still open", open);
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    @DisplayName("a reader that takes nothing of a large response is disconnected")
    void slowReader() throws Exception {
        try (Socket socket = http.connect()) {
            send(socket, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.getInputStream().readNBytes(LARGE)).hasSizeLessThan(LARGE);
        } catch (IOException reset) {
            assertThat(written.getCount()).isZero();
        }
    }

    @Test
    @DisplayName("the time that a request takes after its body does not count")
    void connectionThatStaysOpen() throws IOException {
        try (Socket socket = http.connect()) {
            long end = System.nanoTime() + RATE.grace().multipliedBy(3).toNanos();
            do {
                send(socket, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{");
                send(socket, "}");
                assertThat(RawHttp.read(socket).status()).isEqualTo(200);
            } while (System.nanoTime() - end < 0);
        }
    }
}
