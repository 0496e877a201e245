package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.http.exchange.MinimumRate;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@DisplayName("The servlet for everything but operations")
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LazyServletTest {

    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger destroyed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    /** Creating the servlet takes until this is open. */
    private final CountDownLatch creation = new CountDownLatch(1);

    /** Opens when as many requests have arrived as {@link #waiting} sends. */
    private final CountDownLatch arrived = new CountDownLatch(4);

    private final LazyServlet lazy = new LazyServlet(this::create);
    private Server server;
    private RawHttp http;

    private HttpServlet create() {
        created.incrementAndGet();
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not this time");
        }
        try {
            creation.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return new Counting();
    }

    private final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(204);
        }

        @Override
        public void destroy() {
            destroyed.incrementAndGet();
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = JettyServer.create(
                "127.0.0.1", 0, Arriving::new, request -> false, lazy, new QueuedThreadPool(), MinimumRate.DEFAULT);
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        http = new RawHttp(URI.create("http://127.0.0.1:" + port));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private final class Arriving extends Handler.Wrapper {
        private Arriving(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            arrived.countDown();
            return super.handle(request, response, callback);
        }
    }

    private int get() {
        return http.send("GET", "/_emulator/health", Map.of(), "").status();
    }

    @Test
    @DisplayName("is created by the first request to it, once, and stopped with the server")
    void once() throws Exception {
        creation.countDown();
        assertThat(created).hasValue(0);
        assertThat(List.of(get(), get())).containsOnly(204);
        assertThat(created).hasValue(1);
        server.stop();
        assertThat(destroyed).hasValue(1);
    }

    @Test
    @DisplayName("requests that come while it is created wait for it")
    void waiting() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<Integer>> responses =
                IntStream.range(0, 4).mapToObj(i -> clients.submit(this::get)).toList();
        arrived.await();
        creation.countDown();
        for (Future<Integer> response : responses) {
            assertThat(response.get()).isEqualTo(204);
        }
        clients.shutdown();
        assertThat(created).hasValue(1);
    }

    @Test
    @DisplayName("can be started before the first request")
    void startedBefore() {
        creation.countDown();
        lazy.startNow();
        assertThat(created).hasValue(1);
        lazy.startNow();
        assertThat(get()).isEqualTo(204);
        assertThat(created).hasValue(1);
    }

    @Test
    @DisplayName("is not started after the server has stopped")
    void stopped() throws Exception {
        creation.countDown();
        server.stop();
        lazy.startNow();
        assertThat(created).hasValue(0);
    }

    @Test
    @DisplayName("is stopped if the server stops while it is created")
    void stoppedMeanwhile() throws Exception {
        Thread starting = new Thread(lazy::startNow);
        starting.start();
        while (created.get() == 0) {
            Thread.onSpinWait();
        }
        server.stop();
        creation.countDown();
        starting.join();
        assertThat(destroyed).hasValue(1);
    }

    @Test
    @DisplayName("a failure is the response to one request, and the next one tries again")
    void failure() {
        creation.countDown();
        failures.set(1);
        assertThat(List.of(get(), get())).containsExactly(500, 204);
    }
}
