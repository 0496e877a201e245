package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.http.exchange.HttpExchange;
import dev.stowage.emulator.http.exchange.MinimumRate;
import io.javalin.Javalin;
import io.javalin.http.servlet.JavalinServlet;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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

@Timeout(60)
class RequestThreadsTest {

    private static final int REQUESTS = 100;

    /** Counts the tasks that get a thread. */
    private static final class CountingThreads extends QueuedThreadPool {

        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public void execute(Runnable task) {
            tasks.incrementAndGet();
            super.execute(task);
        }

        /** Jetty hands the reading of the next request to another thread by this, if the handling of this one could wait. */
        @Override
        public boolean tryExecute(Runnable task) {
            tasks.incrementAndGet();
            return super.tryExecute(task);
        }
    }

    private final class Empty extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (Request.getPathInContext(request).equals("/after-a-wait")) {
                Executor reading = new HttpExchange(request, response, callback).readingThread();
                disk.execute(() -> reading.execute(() -> respond(response, callback)));
            } else {
                respond(response, callback);
            }
            return true;
        }

        private static void respond(Response response, Callback callback) {
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }

    private final CountingThreads threads = new CountingThreads();
    /** Stands for the thread that writes to a disk. */
    private final ExecutorService disk = Executors.newSingleThreadExecutor();

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = JettyServer.create(
                "127.0.0.1",
                0,
                next -> new Empty(),
                request -> Set.of("/at-once", "/after-a-wait").contains(Request.getPathInContext(request)),
                new LazyServlet(() -> new JavalinServlet(Javalin.create(config -> {}).unsafe)),
                threads,
                MinimumRate.DEFAULT);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        disk.shutdown();
    }

    /** How many tasks got a thread for these requests. */
    private int tasksFor(String path) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        try (Socket socket = new RawHttp(URI.create("http://127.0.0.1:" + port)).connect()) {
            byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            int before = 0;
            for (int i = -1; i < REQUESTS; i++) {
                socket.getOutputStream().write(request);
                assertThat(RawHttp.read(socket).status()).isEqualTo(200);
                if (i < 0) {
                    before = threads.tasks.get();
                }
            }
            return threads.tasks.get() - before;
        }
    }

    @Test
    @DisplayName("a request that waits for nothing wakes no thread, all others get one")
    void noThread() throws Exception {
        assertThat(tasksFor("/at-once")).isLessThan(REQUESTS / 10);
        assertThat(tasksFor("/later")).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(tasksFor("/_emulator/faults")).isGreaterThanOrEqualTo(REQUESTS);
    }

    @Test
    @DisplayName("a response that is sent on the thread that reads from the connection wakes no other thread")
    void readingThread() throws Exception {
        assertThat(tasksFor("/after-a-wait")).isLessThan(REQUESTS / 10);
    }
}
