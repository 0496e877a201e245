package dev.stowage.emulator.http;

import dev.stowage.emulator.http.console.ConsoleRoutes;
import dev.stowage.emulator.http.control.InstallRoutes;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives requests a thread of their own, unless they wait for nothing. Some threads are kept for the control plane and the console, whatever
 * the other requests do: a client that does not read its responses can block the thread that writes to it. Other requests that find no
 * free thread wait for one, without a thread.
 */
final class ThreadReserve extends Handler.Wrapper {

    private static final int MAX_WAITING = 20_000;

    /** The threads that requests outside the control plane may take. A request gives its place to one that waits, if there is one. */
    private final Semaphore places;

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Predicate<Request> waitsForNothing;

    /**
     * @param waitsForNothing the requests that the thread that has read them can serve
     * @param mostOthers how many threads requests outside the control plane may occupy at once
     */
    ThreadReserve(Handler next, Predicate<Request> waitsForNothing, int mostOthers) {
        super(next);
        this.waitsForNothing = waitsForNothing;
        this.places = new Semaphore(mostOthers);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (waitsForNothing.test(request)) {
            return super.handle(request, response, callback);
        }
        String path = Request.getPathInContext(request);
        if (path.startsWith(InstallRoutes.PREFIX + "/") || path.startsWith(ConsoleRoutes.PREFIX + "/")) {
            getServer().getThreadPool().execute(() -> handleOnThread(request, response, callback));
            return true;
        }
        if (!waiting.offer(() -> handleInPlace(request, response, callback))) {
            Throttled.respond(request, response, callback, "All threads of the server are busy.");
        }
        startWaiting();
        return true;
    }

    private void handleOnThread(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable problem) {
            Response.writeError(request, response, callback, problem);
        }
    }

    private void handleInPlace(Request request, Response response, Callback callback) {
        try {
            handleOnThread(request, response, callback);
        } finally {
            places.release();
            startWaiting();
        }
    }

    /** Starts the requests that have waited longest, on threads of the pool, as far as there are places. */
    private void startWaiting() {
        while (!waiting.isEmpty() && places.tryAcquire()) {
            Runnable longest = waiting.poll();
            if (longest == null) {
                places.release();
            } else {
                getServer().getThreadPool().execute(longest);
            }
        }
    }
}
