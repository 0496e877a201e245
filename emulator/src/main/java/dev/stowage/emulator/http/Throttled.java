package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses a request before it gets a thread, because the server has too much to do. */
final class Throttled {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Throttled() {}

    static void respond(Request request, Response response, Callback callback, String why) {
        StorageException refusal =
                new StorageException(ErrorCode.THROTTLED, why + " Nothing was done. Try again in a second.");
        response.setStatus(ProblemDocuments.statusOf(refusal.code()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocuments.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        response.write(true, ByteBuffer.wrap(ProblemDocuments.bytes(refusal)), callback);
    }
}
