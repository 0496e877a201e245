package dev.stowage.emulator.http;

import jakarta.servlet.Servlet;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A servlet that is created and started by the first request to it. A server that serves operations alone never loads its classes, which
 * takes longer than all else of a start. Requests that come meanwhile wait.
 */
final class LazyServlet extends Handler.Abstract {

    private final Supplier<Servlet> servlet;
    private volatile @Nullable Handler started;

    /** @param servlet creates the servlet; called again by the next request if it fails */
    LazyServlet(Supplier<Servlet> servlet) {
        this.servlet = servlet;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler context = started;
        return (context == null ? startedOnce() : context).handle(request, response, callback);
    }

    /** Starts it, unless it is started. Does nothing if the server has stopped. */
    void startNow() {
        try {
            if (isRunning()) {
                startedOnce();
            }
        } catch (Exception bug) {
            throw new IllegalStateException("the servlet did not start", bug);
        }
    }

    private synchronized Handler startedOnce() throws Exception {
        Handler startedMeanwhile = started;
        if (startedMeanwhile != null) {
            return startedMeanwhile;
        }
        ServletContextHandler context = new ServletContextHandler();
        // Otherwise, Jetty redirects a request without a path to "//".
        context.setAllowNullPathInContext(true);
        context.addServlet(new ServletHolder(servlet.get()), "/*");
        context.setServer(getServer());
        context.start();
        // Stops it with the server.
        addBean(context, true);
        if (!isRunning()) {
            // The server has stopped meanwhile.
            context.stop();
        }
        started = context;
        return context;
    }
}
