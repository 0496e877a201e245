package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.http.exchange.MinimumRate;
import io.javalin.Javalin;
import io.javalin.http.servlet.JavalinServlet;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** INST-6: one thread at a time processes a connection, so that connections never share a buffer, nor requests a completion. */
@Timeout(30)
class OrderedConnectionTest {

    private static final class Responding extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, ByteBuffer.allocate(1), callback);
            return true;
        }
    }

    /** Says whether the thread for the next request has served it while another thread was still on the connection. */
    private abstract static class Overlapping extends QueuedThreadPool {

        final CountDownLatch tried = new CountDownLatch(1);
        volatile boolean overlapped;

        static Thread start(Runnable task) {
            Thread thread = new Thread(task);
            thread.start();
            return thread;
        }

        /** Returns when the other thread has ended, or waits for this one. */
        static boolean ends(Thread other) {
            while (other.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            return other.getState() == Thread.State.TERMINATED;
        }
    }

    /** The thread that found a malformed request stays while one responds to it, and a third one comes for the next request. */
    private static final class WhileParsing extends Overlapping {

        private volatile @Nullable Thread next;

        @Override
        public boolean tryExecute(Runnable task) {
            boolean isResponse = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("badMessage")));
            if (!isResponse) {
                return super.tryExecute(task);
            }
            boolean responded = ends(start(task));
            Thread started = next;
            overlapped = responded && started != null && ends(started);
            tried.countDown();
            return true;
        }

        @Override
        public void execute(Runnable task) {
            if (task instanceof HttpConnection) {
                next = start(task);
            } else {
                super.execute(task);
            }
        }
    }

    /** The thread that has sent a response, after the thread that has read the request left, meets the thread of the next request. */
    private static final class WhileCompleting extends Overlapping {

        @Override
        public void execute(Runnable task) {
            if (task instanceof HttpConnection) {
                overlapped = ends(start(task));
                tried.countDown();
            } else {
                Thread caller = Thread.currentThread();
                super.execute(() -> {
                    while (isOnConnection(caller)) {
                        Thread.onSpinWait();
                    }
                    task.run();
                });
            }
        }

        private static boolean isOnConnection(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("onFillable"));
        }
    }

    @Test
    @DisplayName("the thread for the next request waits while a malformed one is still parsed")
    void malformedRequest() throws Exception {
        assertNoOverlap(new WhileParsing(), "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    }

    @Test
    @DisplayName("the thread for the next request waits while the response of the last one is completed")
    void completedRequest() throws Exception {
        assertNoOverlap(
                new WhileCompleting(),
                "GET /a HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /b//c HTTP/1.1\r\nHost: a\r\n\r\n",
                200,
                400);
    }

    private static void assertNoOverlap(Overlapping threads, String requests, int... statuses) throws Exception {
        Server server = JettyServer.create(
                "127.0.0.1",
                0,
                next -> new Responding(),
                request -> false,
                new LazyServlet(() -> new JavalinServlet(Javalin.create(config -> {}).unsafe)),
                threads,
                MinimumRate.DEFAULT);
        server.start();
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            try (Socket socket = new RawHttp(URI.create("http://127.0.0.1:" + port)).connect()) {
                socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
                for (int status : statuses) {
                    assertThat(RawHttp.read(socket).status()).isEqualTo(status);
                }
                threads.tried.await();
            }
        } finally {
            server.stop();
        }
        assertThat(threads.overlapped)
                .as("the thread for the next request was on the connection at the same time")
                .isFalse();
    }
}
