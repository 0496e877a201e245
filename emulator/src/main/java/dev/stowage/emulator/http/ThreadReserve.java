package dev.stowage.emulator.http;

import dev.stowage.emulator.http.control.InstallRoutes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps some request threads for the control plane, whatever the other requests do: a client that does not read its responses can
 * block the thread that writes to it. Other requests that find no free thread wait for one, without a thread.
 */
final class ThreadReserve extends Handler.Wrapper {

    private static final int MAX_WAITING = 20_000;

    private final int mostOthers;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int others;

    /** @param mostOthers how many threads requests outside the control plane may occupy at once */
    ThreadReserve(Handler next, int mostOthers) {
        super(next);
        this.mostOthers = mostOthers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Request.getPathInContext(request).startsWith(InstallRoutes.PREFIX + "/")) {
            return super.handle(request, response, callback);
        }
        synchronized (this) {
            if (others == mostOthers) {
                if (waiting.size() == MAX_WAITING) {
                    Throttled.respond(request, response, callback, "All threads of the server are busy.");
                } else {
                    waiting.add(() -> handleLater(request, response, callback));
                }
                return true;
            }
            others++;
        }
        try {
            return super.handle(request, response, callback);
        } finally {
            next();
        }
    }

    private void handleLater(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                callback.failed(new IllegalStateException("no handler for " + request));
            }
        } catch (Throwable problem) {
            Response.writeError(request, response, callback, problem);
        } finally {
            next();
        }
    }

    /** Gives this thread's place to the request that has waited longest, on a thread of the pool. */
    private void next() {
        Runnable longest;
        synchronized (this) {
            longest = waiting.poll();
            if (longest == null) {
                others--;
                return;
            }
        }
        getServer().getThreadPool().execute(longest);
    }
}
