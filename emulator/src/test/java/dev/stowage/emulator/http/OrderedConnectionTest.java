package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.http.exchange.MinimumRate;
import io.javalin.Javalin;
import io.javalin.http.servlet.JavalinServlet;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** INST-6: one thread at a time processes a connection, so that connections never share a buffer. */
@Timeout(30)
class OrderedConnectionTest {

    /** The thread that found a malformed request continues when the thread of the next request has ended or waits. */
    private static final class Overlapping extends QueuedThreadPool {

        private volatile @Nullable Thread next;
        private volatile boolean overlapped;
        private volatile boolean tried;

        @Override
        public boolean tryExecute(Runnable task) {
            boolean isResponse = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("badMessage")));
            if (!isResponse) {
                return super.tryExecute(task);
            }
            super.execute(task);
            Thread started = next;
            while (started == null || started.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
                started = next;
            }
            overlapped = started.getState() == Thread.State.TERMINATED;
            tried = true;
            return true;
        }

        @Override
        public void execute(Runnable task) {
            if (task instanceof HttpConnection) {
                Thread thread = new Thread(task, "next-request");
                thread.start();
                next = thread;
            } else {
                super.execute(task);
            }
        }
    }

    @Test
    @DisplayName("the thread for the next request waits while a malformed one is still parsed")
    void malformedRequest() throws Exception {
        Overlapping threads = new Overlapping();
        Server server = JettyServer.create(
                "127.0.0.1",
                0,
                UnaryOperator.identity(),
                request -> false,
                new JavalinServlet(Javalin.create(config -> {}).unsafe),
                threads,
                MinimumRate.DEFAULT);
        server.start();
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            try (Socket socket = new RawHttp(URI.create("http://127.0.0.1:" + port)).connect()) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(RawHttp.read(socket).status()).isEqualTo(400);
                while (!threads.tried) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            server.stop();
        }
        assertThat(threads.overlapped)
                .as("the next thread has used and released the connection's buffer")
                .isFalse();
    }
}
