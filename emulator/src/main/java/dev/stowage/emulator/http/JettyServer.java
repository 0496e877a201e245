package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.MinimumRate;
import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Creates the Jetty server. It has no statistics, resource monitor, sessions or Date header. A body is read before a thread is
 * taken for its request, so that a slow sender does not block other requests, and an operation that waits for nothing takes none.
 */
final class JettyServer {

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final int MAX_THREADS = 200;
    private static final int CONTROL_PLANE_THREADS = 40;

    /** Each reads from its connections and serves operations; one for each processor, as an operation takes nothing but processor time. */
    private static final int SELECTORS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

    private JettyServer() {}

    /**
     * @param dataPlane returns a handler that serves operations, and leaves all other requests to the handler that it gets
     * @param waitsForNothing which requests it serves without waiting for anything
     * @param others serves all other requests
     */
    static Server create(
            String host,
            int port,
            UnaryOperator<Handler> dataPlane,
            Predicate<Request> waitsForNothing,
            Handler others) {
        return create(
                host,
                port,
                dataPlane,
                waitsForNothing,
                others,
                // Jetty's own queue loads the JVM's management beans.
                new QueuedThreadPool(MAX_THREADS, 8, 60_000, new LinkedBlockingQueue<>()),
                MinimumRate.DEFAULT);
    }

    static Server create(
            String host,
            int port,
            UnaryOperator<Handler> dataPlane,
            Predicate<Request> waitsForNothing,
            Handler others,
            QueuedThreadPool threads,
            MinimumRate rate) {
        threads.setName("stowage-http");
        threads.setDaemon(true);
        Server server = new NonBlockingServer(threads);

        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        // Without this, Jetty replaces a header's value by one that differs only in case: one that it knows, or an API
        // key that came
        // earlier on the same connection (INST-6).
        http.setHeaderCacheCaseSensitive(true);
        // To look a header up in the cache takes longer than to read it.
        http.setHeaderCacheSize(0);
        ServerConnector connector = new SelectorConnector(server, SELECTORS, new OrderedConnection.Factory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setAcceptQueueSize(1024);
        // A stop does not wait for idle connections.
        connector.setShutdownIdleTimeout(1);
        server.addConnector(connector);

        server.setHandler(new BodyHandler(
                new ThreadReserve(dataPlane.apply(others), waitsForNothing, MAX_THREADS - CONTROL_PLANE_THREADS),
                bodyBudgetBytes(),
                rate));
        rate.applyTo(server);
        server.setErrorHandler(new ProblemHandler());
        server.setStopAtShutdown(false);
        server.setStopTimeout(2_000);
        return server;
    }

    /** Its handlers don't block the thread that has read a request: {@link ThreadReserve} gives those that would another one. */
    private static final class NonBlockingServer extends Server {

        NonBlockingServer(ThreadPool threads) {
            super(threads);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    /** A quarter of the heap, at least as much as a few of the largest bodies. */
    private static long bodyBudgetBytes() {
        return Math.max(8L * RequestBody.MAX_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    /** Writes the errors of Jetty itself, for example for a malformed request line, as problem documents. */
    private static final class ProblemHandler extends ErrorHandler {

        /** Jetty closes the connection after these, and does not say so. */
        private static final Set<Integer> CLOSING =
                Set.of(HttpStatus.URI_TOO_LONG_414, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505);

        /** Jetty would write no body for the errors of other methods than GET, HEAD and POST. */
        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request, Response response, int code, String message, Throwable cause, Callback callback) {
            StorageException refusal = refusal(code, message);
            response.setStatus(ProblemDocuments.statusOf(refusal.code()));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocuments.MEDIA_TYPE);
            if (CLOSING.contains(code)) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            response.write(true, ByteBuffer.wrap(ProblemDocuments.bytes(refusal)), callback);
        }

        private static StorageException refusal(int code, @Nullable String message) {
            return switch (code) {
                case 500 ->
                    new StorageException(ErrorCode.INTERNAL, "The HTTP server failed. The details are in the log.");
                case 404 ->
                    new StorageException(
                            ErrorCode.NOT_FOUND, "There is no such route. All routes are listed in /openapi.yaml.");
                default ->
                    new StorageException(
                            ErrorCode.INVALID_REQUEST,
                            "The server cannot process this HTTP request: " + reason(code, message) + ".");
            };
        }

        /** Jetty's message says what is wrong, for example "Ambiguous URI empty segment". Others may quote the request. */
        private static String reason(int code, @Nullable String message) {
            return message != null && message.matches("[A-Za-z -]{1,80}") ? message : HttpStatus.getMessage(code);
        }
    }
}
