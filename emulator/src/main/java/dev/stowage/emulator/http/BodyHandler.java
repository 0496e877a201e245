package dev.stowage.emulator.http;

import dev.stowage.emulator.http.control.InstallRoutes;
import dev.stowage.emulator.http.exchange.MinimumRate;
import dev.stowage.emulator.http.exchange.RequestBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests before they get a thread, so that a slow sender blocks no other request. What is received and not
 * executed yet is bounded in bytes for the whole server; a request beyond that is refused as {@code throttled}. A body takes the
 * memory of what was received of it, not of what was announced.
 *
 * <p>Imports are large and are read as a stream, each on its request thread; few of them run at once.
 */
final class BodyHandler extends Handler.Wrapper {

    /** How much of a body that is too large is received and dropped: a client that is still sending does not read a response. */
    private static final long MAX_DROPPED_BYTES = 64L * 1024 * 1024;

    private static final int MAX_IMPORTS = 4;

    private final long budgetBytes;
    private final MinimumRate rate;
    private final AtomicLong received = new AtomicLong();
    private final Semaphore imports = new Semaphore(MAX_IMPORTS);

    /**
     * @param budgetBytes how many bytes of bodies are kept in memory at most, of all requests together
     * @param rate the slowest client that the server waits for
     */
    BodyHandler(Handler next, long budgetBytes, MinimumRate rate) {
        super(next);
        this.budgetBytes = budgetBytes;
        this.rate = rate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isImport(request)) {
            return handleImport(request, response, callback);
        }
        boolean hasBody = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!hasBody) {
            return super.handle(request, response, callback);
        }
        new Reading(request, response, callback).run();
        return true;
    }

    private static boolean isImport(Request request) {
        String path = Request.getPathInContext(request);
        return path.startsWith(InstallRoutes.PREFIX + "/") && path.endsWith("/import");
    }

    private boolean handleImport(Request request, Response response, Callback callback) throws Exception {
        if (!imports.tryAcquire()) {
            Throttled.respond(request, response, callback, "Too many imports are running at once.");
            return true;
        }
        MinimumRate.Watch watch = rate.watch(request, 0);
        Request watched = new Request.Wrapper(request) {
            @Override
            public Content.Chunk read() {
                Content.Chunk chunk = super.read();
                if (chunk != null) {
                    watch.transferred(chunk.remaining());
                    if (chunk.isLast()) {
                        watch.stop();
                    }
                }
                return chunk;
            }
        };
        return super.handle(watched, response, Callback.from(callback, () -> {
            watch.stop();
            imports.release();
        }));
    }

    /** One body on its way. */
    private final class Reading implements Runnable {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private byte[] body = new byte[0];
        private int length;
        private long dropped;
        private boolean overBudget;
        private MinimumRate.@Nullable Watch watch;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    if (watch == null) {
                        // Before the demand, because another thread can go on at once after it.
                        watch = rate.watch(request, length + dropped);
                    }
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    end();
                    refund();
                    Response.writeError(
                            request, response, callback, HttpStatus.BAD_REQUEST_400, null, chunk.getFailure());
                    return;
                }
                keep(chunk.getByteBuffer());
                boolean last = chunk.isLast();
                chunk.release();
                if (last) {
                    end();
                    handleBody();
                    return;
                }
                if (dropped > MAX_DROPPED_BYTES) {
                    end();
                    refund();
                    request.getConnectionMetaData()
                            .getConnection()
                            .getEndPoint()
                            .close();
                    callback.failed(new IllegalStateException("a body of more than " + MAX_DROPPED_BYTES + " bytes"));
                    return;
                }
            }
        }

        private void end() {
            if (watch != null) {
                watch.stop();
            }
        }

        private void keep(ByteBuffer bytes) {
            int count = bytes.remaining();
            if (watch != null) {
                watch.transferred(count);
            }
            if (dropped == 0 && (long) length + count <= RequestBody.MAX_BYTES && reserve(count)) {
                if (body.length < length + count) {
                    long announced = Math.min(Math.max(request.getLength(), 0), RequestBody.MAX_BYTES);
                    // Twice as much each time, and for a body that comes at once just what it needs.
                    int capacity =
                            length == 0 && announced == count ? count : Math.max(length + count, body.length * 2);
                    body = Arrays.copyOf(body, capacity);
                }
                bytes.get(body, length, count);
                length += count;
            } else {
                dropped += count;
            }
        }

        private boolean reserve(int count) {
            if (received.addAndGet(count) <= budgetBytes) {
                return true;
            }
            received.addAndGet(-count);
            refund();
            overBudget = true;
            return false;
        }

        private void refund() {
            received.addAndGet(-length);
            length = 0;
            body = new byte[0];
        }

        private void handleBody() {
            if (overBudget) {
                Throttled.respond(request, response, callback, "The server is receiving too many requests at once.");
                return;
            }
            int kept = length;
            Callback done = Callback.from(callback, () -> received.addAndGet(-kept));
            request.setAttribute(
                    RequestBody.ATTRIBUTE,
                    dropped > 0 ? RequestBody.TOO_LARGE : body.length == length ? body : Arrays.copyOf(body, length));
            body = new byte[0];
            try {
                Request read = new Request.Wrapper(request) {
                    @Override
                    public Content.Chunk read() {
                        return Content.Chunk.EOF;
                    }
                };
                if (!BodyHandler.super.handle(read, response, done)) {
                    Response.writeError(read, response, done, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable problem) {
                Response.writeError(request, response, done, problem);
            }
        }
    }
}
