package dev.stowage.emulator.http;

import dev.stowage.emulator.http.console.ConsoleRoutes;
import dev.stowage.emulator.http.control.AdviceRoutes;
import dev.stowage.emulator.http.control.ClockRoutes;
import dev.stowage.emulator.http.control.ControlGuard;
import dev.stowage.emulator.http.control.ExplorationRoutes;
import dev.stowage.emulator.http.control.FaultRoutes;
import dev.stowage.emulator.http.control.HoldRoutes;
import dev.stowage.emulator.http.control.InstallRoutes;
import dev.stowage.emulator.http.control.JournalRoutes;
import dev.stowage.emulator.http.control.ResetRoutes;
import dev.stowage.emulator.http.control.StaleValueRoutes;
import dev.stowage.emulator.http.control.SweepRoutes;
import dev.stowage.emulator.http.control.TransferRoutes;
import dev.stowage.emulator.http.data.OperationHandler;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.PercentEncoding;
import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.exchange.TestSessions;
import dev.stowage.emulator.http.plugin.PluginRoutes;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.JavalinServlet;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The emulator's HTTP server. */
public final class EmulatorServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");

    private static final String LOOPBACK = "127.0.0.1";

    private final String host;
    private final Server server;
    private final LazyServlet servlet;

    private EmulatorServer(String host, Server server, LazyServlet servlet) {
        this.host = host;
        this.server = server;
        this.servlet = servlet;
    }

    /**
     * Starts a server.
     *
     * @param port the port to listen on; 0 for a free port
     * @param allowedHosts further host names that requests without an API key may have in their {@code Host} header
     * @throws StorageException {@code invalid_request} for an address that requires an admin token if there is none;
     *     {@code unavailable} if the server can't listen on the address
     */
    public static EmulatorServer start(
            String host, int port, Optional<String> adminToken, Set<String> allowedHosts, EmulatorServices services) {
        ControlGuard guard = new ControlGuard(host, adminToken, allowedHosts);
        LazyServlet servlet = new LazyServlet(() -> servlet(services, guard));
        Server server = JettyServer.create(
                host,
                port,
                next -> new OperationHandler(services.installService(), services.service(), next),
                OperationHandler.withoutWaiting(services.service()),
                servlet);
        EmulatorServer started = new EmulatorServer(host, server, servlet);
        started.listen(port);
        return started;
    }

    /** Loads and initializes most of the classes that a start needs. Starts nothing. */
    public static void prepare() {
        JettyServer.create(LOOPBACK, 0, next -> next, request -> false, new LazyServlet(() -> {
            throw new IllegalStateException("this server is never started");
        }));
        // At its start, Jetty asks for the time of day, for which the JVM reads all time zones.
        var unused = ZoneId.systemDefault();
    }

    /** Starts the servlet for everything but operations, unless it is started. */
    public void startControlPlane() {
        servlet.startNow();
    }

    /** Returns the servlet for everything but operations. */
    private static Servlet servlet(EmulatorServices services, ControlGuard guard) {
        List<Route> routes = routes(services);
        ConsoleRoutes console = new ConsoleRoutes(services.console(), guard);
        Javalin javalin = Javalin.create(config -> {
            configure(config, routes, guard);
            console.addTo(config.routes);
        });
        return new JavalinServlet(javalin.unsafe);
    }

    /** Returns all routes of the server but the one of {@link OperationHandler}. */
    static List<Route> routes(EmulatorServices services) {
        InstallService installService = services.installService();
        TestSessions sessions = services.testSessions();
        return Stream.of(
                        new PluginRoutes(services.pluginData()).routes(),
                        new InstallRoutes(installService, services.version()).routes(),
                        new ClockRoutes(installService, services.clocks()).routes(),
                        new ResetRoutes(services).routes(),
                        new FaultRoutes(services.faults()).routes(),
                        new HoldRoutes(services.gate()).routes(),
                        new ExplorationRoutes(sessions, installService).routes(),
                        new SweepRoutes(sessions, installService).routes(),
                        new StaleValueRoutes(sessions).routes(),
                        new AdviceRoutes(sessions).routes(),
                        new JournalRoutes(services.journal()).routes(),
                        new TransferRoutes(services.exportImport()).routes(),
                        new DescriptionRoutes(services.console()).routes())
                .flatMap(List::stream)
                .toList();
    }

    private static void configure(JavalinConfig config, List<Route> routes, ControlGuard guard) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // Otherwise, DELETE /_emulator/faults/ with an empty faultId would disarm all faults.
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.javaLangErrorHandler(
                (response, error) -> ignoringHangUp(() -> ProblemDocuments.writeError(response, error)));
        // Before Javalin decodes the path.
        config.routes.before(ctx -> checkAllowed(ctx, guard));
        routes.forEach(route -> {
            config.routes.addHttpHandler(route.method(), route.path(), route.handler());
            if (route.method().equals(HandlerType.GET)) {
                // Jetty leaves out the body.
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.handler());
            }
        });
        config.routes.exception(OutcomeUnknownException.class, (unknown, ctx) -> ClientConnection.close(ctx));
        config.routes.exception(
                StorageException.class, (refusal, ctx) -> ignoringHangUp(() -> ProblemDocuments.write(ctx, refusal)));
        config.routes.exception(
                HttpResponseException.class,
                (refusal, ctx) -> ignoringHangUp(() -> ProblemDocuments.write(ctx, refusal)));
        config.routes.exception(
                IOException.class,
                (gone, ctx) -> LOG.log(System.Logger.Level.DEBUG, "The client has closed the connection", gone));
        config.routes.exception(
                Exception.class, (bug, ctx) -> ignoringHangUp(() -> ProblemDocuments.writeBug(ctx, bug)));
    }

    private static void checkAllowed(Context ctx, ControlGuard guard) {
        if (ctx.req().getRequestURI().startsWith(ConsoleRoutes.PREFIX)) {
            ConsoleRoutes.protect(ctx);
        }
        PercentEncoding.checkPath(ctx);
        if (ctx.path().startsWith(InstallRoutes.PREFIX + "/")) {
            guard.check(ctx);
        } else if (ctx.path().startsWith(ConsoleRoutes.PREFIX)) {
            guard.checkPage(ctx);
        } else if (ctx.path().startsWith("/settings/")) {
            guard.checkNotForeignPage(ctx);
        }
    }

    private interface ResponseAction {
        void run() throws IOException;
    }

    private static void ignoringHangUp(ResponseAction action) {
        try {
            action.run();
        } catch (IOException gone) {
            // The client has closed the connection and can't receive a response.
            return;
        }
    }

    private void listen(int port) {
        try {
            server.start();
        } catch (IOException problem) {
            close();
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The server can't listen on " + host + ":" + port + ": " + rootOf(problem)
                            + ". Stop the process that uses the port, or set the port to 0 for a free one.",
                    problem);
        } catch (Exception bug) {
            close();
            throw new IllegalStateException("the HTTP server did not start", bug);
        }
    }

    private static String rootOf(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Returns the URL of the server, with the port it listens on. */
    public URI url() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        // A client can't connect to a wildcard address.
        String address = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String name = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return URI.create("http://" + name + ":" + port);
    }

    /** Stops the server. Running requests are cut off after two seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException cutOff) {
            LOG.log(System.Logger.Level.DEBUG, "Requests that still ran after two seconds were cut off", cutOff);
        } catch (Exception problem) {
            throw new IllegalStateException("the HTTP server did not stop", problem);
        }
    }
}
