package dev.stowage.emulator.http.exchange;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Writes a response body with its length. */
public final class ResponseWriter {

    /**
     * The size from which a body is written without a thread that waits for the client: a client that does not read would block
     * it. Smaller bodies fit into the buffers of the connection.
     */
    static final int LARGE_BYTES = 16 * 1024;

    private ResponseWriter() {}

    /** Writes the response; a large one possibly after this method has returned. */
    public static void write(Context ctx, String mediaType, byte[] body) throws IOException {
        if (body.length >= LARGE_BYTES) {
            ctx.future(() -> writeAsync(ctx, mediaType, body));
        } else {
            write(ctx.res(), mediaType, body);
        }
    }

    /** Writes a small response. */
    static void write(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Writes the response of a request that was made asynchronous. Completes when all of it was written. A client that takes a large
     * response too slowly is disconnected.
     */
    public static CompletableFuture<Void> writeAsync(Context ctx, String mediaType, byte[] body) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        HttpServletResponse response = ctx.res();
        try {
            response.setContentType(mediaType);
            response.setContentLength(body.length);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new Listener(out, body, written));
        } catch (IOException gone) {
            written.completeExceptionally(gone);
        }
        if (written.isDone()) {
            return written;
        }
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        MinimumRate.Watch watch = MinimumRate.of(request).watch(request, body.length);
        return written.whenComplete((done, problem) -> watch.stop());
    }

    private static final class Listener implements WriteListener {

        private final ServletOutputStream out;
        private final byte[] body;
        private final CompletableFuture<Void> written;
        private boolean begun;

        Listener(ServletOutputStream out, byte[] body, CompletableFuture<Void> written) {
            this.out = out;
            this.body = body;
            this.written = written;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (begun) {
                    written.complete(null);
                    return;
                }
                begun = true;
                out.write(body);
            }
        }

        @Override
        public void onError(Throwable problem) {
            // Whatever it is, the client does not get the response.
            written.completeExceptionally(new IOException("The response could not be written.", problem));
        }
    }
}
