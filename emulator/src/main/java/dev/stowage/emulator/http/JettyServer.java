package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import jakarta.servlet.Servlet;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty with nothing in it but what an operation needs: no statistics, no resource monitor, no session, no Date header.
 * Bodies are read before a thread is taken, so that a slow sender holds up nobody.
 */
final class JettyServer {

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final int MAX_THREADS = 200;
    private static final int CONTROL_PLANE_THREADS = 40;

    private JettyServer() {}

    static Server create(String host, int port, Servlet servlet) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 8, 60_000);
        threads.setName("stowage-http");
        threads.setDaemon(true);
        Server server = new Server(threads);

        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        // Else a key that differs in case alone from one that came before on the same connection is taken for it
        // (INST-6).
        http.setHeaderCacheCaseSensitive(true);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setAcceptQueueSize(1024);
        // When it stops, connections that only wait for their next request are not waited for.
        connector.setShutdownIdleTimeout(1);
        server.addConnector(connector);

        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(
                new BodyHandler(new ThreadReserve(context, MAX_THREADS - CONTROL_PLANE_THREADS), bodyBudgetBytes()));
        server.setErrorHandler(new ProblemHandler());
        server.setStopAtShutdown(false);
        server.setStopTimeout(2_000);
        return server;
    }

    /** A quarter of the heap, at least as much as a few of the largest bodies. */
    private static long bodyBudgetBytes() {
        return Math.max(8L * RequestBody.MAX_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    /** What Jetty refuses by itself, such as a request line that is none, in the form of all other refusals. */
    private static final class ProblemHandler extends ErrorHandler {

        @Override
        protected void generateResponse(
                Request request, Response response, int code, String message, Throwable cause, Callback callback) {
            StorageException refusal = code == 500
                    ? new StorageException(ErrorCode.INTERNAL, "The HTTP server failed; the log has the details.")
                    : new StorageException(
                            ErrorCode.INVALID_REQUEST,
                            "This is no HTTP request that can be served: " + HttpStatus.getMessage(code) + ".");
            response.setStatus(ProblemDocuments.statusOf(refusal.code()));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocuments.MEDIA_TYPE);
            response.write(true, ByteBuffer.wrap(ProblemDocuments.bytes(refusal)), callback);
        }
    }
}
