package dev.stowage.emulator.http;

import dev.stowage.emulator.http.exchange.HttpExchange;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses a request before it gets a thread, because the server has too much to do. */
final class Throttled {

    private Throttled() {}

    static void respond(Request request, Response response, Callback callback, String why) {
        new HttpExchange(request, response, callback)
                .fail(new StorageException(ErrorCode.THROTTLED, why + " Nothing was done. Try again in a second."));
    }
}
