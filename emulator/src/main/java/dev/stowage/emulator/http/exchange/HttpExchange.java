package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.record.FutureResult;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.emulator.service.ResponseLossException;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, without the servlet API between them and Jetty. It is completed once, by any thread, and no thread waits
 * for the client.
 */
public record HttpExchange(Request request, Response response, Callback callback) {

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");

    /** What a fault sends in place of a response. */
    private static final String MALFORMED = "{\"result\":{\"gar\u0000bled";

    /** The value of the header; null if the request has none. */
    public @Nullable String header(HttpHeader name) {
        return request.getHeaders().get(name);
    }

    /** Runs tasks on the thread that reads from the connection. They may not block it. */
    public Executor readingThread() {
        return (Executor) request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Sends a response with status 200. */
    public void respond(String mediaType, byte[] body) {
        send(HttpStatus.OK_200, mediaType, body);
    }

    /** Sends the response to a request that failed, or breaks the connection if the failure says so. */
    public void fail(Throwable problem) {
        Throwable cause = FutureResult.causeOf(problem);
        if (cause instanceof StorageException refusal) {
            refuse(refusal);
        } else if (cause instanceof ResponseLossException loss) {
            lose(loss);
        } else if (cause instanceof OutcomeUnknownException) {
            breakConnection(cause);
        } else if (cause instanceof IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "The client has closed the connection", gone);
            callback.failed(new EofException(gone));
        } else {
            refuse(ProblemDocuments.ofBug(
                    request.getMethod() + " " + request.getHttpURI().getPath(), cause));
        }
    }

    private void refuse(StorageException refusal) {
        ProblemDocuments.headers(refusal.code())
                .forEach((name, value) -> response.getHeaders().put(name, value));
        send(ProblemDocuments.statusOf(refusal.code()), ProblemDocuments.MEDIA_TYPE, ProblemDocuments.bytes(refusal));
    }

    /** Closes the connection without a response, or sends a malformed response, depending on the fault. */
    private void lose(ResponseLossException loss) {
        if (loss.kind() == ResponseLossException.Kind.MALFORMED) {
            respond("application/json", MALFORMED.getBytes(StandardCharsets.UTF_8));
        } else {
            breakConnection(loss);
        }
    }

    private void breakConnection(Throwable why) {
        ClientConnection.close(request);
        // Of other failures Jetty writes a warning to the log.
        callback.failed(new EofException(why));
    }

    private void send(int status, String mediaType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(
                true,
                ByteBuffer.wrap(body),
                body.length < ResponseWriter.LARGE_BYTES ? callback : watched(body.length));
    }

    /** A client that reads a large body too slowly is disconnected. */
    private Callback watched(int length) {
        MinimumRate.Watch watch = MinimumRate.of(request).watch(request, length);
        return Callback.from(callback, watch::stop);
    }
}
