package dev.stowage.emulator.http;

import dev.stowage.emulator.http.control.ClockRoutes;
import dev.stowage.emulator.http.control.ControlGuard;
import dev.stowage.emulator.http.control.ControlQuery;
import dev.stowage.emulator.http.control.FaultRoutes;
import dev.stowage.emulator.http.control.InstallRoutes;
import dev.stowage.emulator.http.control.JournalRoutes;
import dev.stowage.emulator.http.control.ResetRoutes;
import dev.stowage.emulator.http.control.TransferRoutes;
import dev.stowage.emulator.http.data.OperationRoute;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.plugin.PluginRoutes;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.ResponseLossException;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.JavalinServlet;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The emulator's HTTP server. */
public final class EmulatorServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.stowage.emulator");

    private final String host;
    private final Server server;

    private EmulatorServer(String host, Server server) {
        this.host = host;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param port 0 picks a free one
     * @throws StorageException {@code invalid_request} for an address that needs an admin token and has none;
     *     {@code unavailable} if the address can't be bound
     */
    public static EmulatorServer start(String host, int port, Optional<String> adminToken, EmulatorServices services) {
        ControlGuard guard = new ControlGuard(host, adminToken);
        List<Route> routes = routes(services);
        Javalin javalin = Javalin.create(config -> configure(config, routes, guard));
        EmulatorServer started =
                new EmulatorServer(host, JettyServer.create(host, port, new JavalinServlet(javalin.unsafe)));
        started.listen(port);
        return started;
    }

    /** Everything that is served. */
    static List<Route> routes(EmulatorServices services) {
        InstallService installService = services.installService();
        return Stream.of(
                        new OperationRoute(installService, services.service()).routes(),
                        new PluginRoutes(services.pluginData()).routes(),
                        new InstallRoutes(installService, services.version()).routes(),
                        new ClockRoutes(installService, services.clocks()).routes(),
                        new ResetRoutes(services).routes(),
                        new FaultRoutes(services.faults()).routes(),
                        new JournalRoutes(services.journal()).routes(),
                        new TransferRoutes(services.exportImport()).routes(),
                        new DescriptionRoutes().routes())
                .flatMap(List::stream)
                .toList();
    }

    private static void configure(JavalinConfig config, List<Route> routes, ControlGuard guard) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.routes.before(InstallRoutes.PREFIX + "/*", guard::check);
        config.routes.before(InstallRoutes.PREFIX + "/*", ControlQuery::check);
        config.routes.before("/settings/*", guard::checkNotForeignPage);
        routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
        config.routes.exception(
                ResponseLossException.class, (loss, ctx) -> written(() -> ClientConnection.breakResponse(ctx, loss)));
        config.routes.exception(
                StorageException.class, (refusal, ctx) -> written(() -> ProblemDocuments.write(ctx, refusal)));
        config.routes.exception(
                HttpResponseException.class, (refusal, ctx) -> written(() -> ProblemDocuments.write(ctx, refusal)));
        config.routes.exception(
                IOException.class, (gone, ctx) -> LOG.log(System.Logger.Level.DEBUG, "The caller has hung up", gone));
        config.routes.exception(Exception.class, (bug, ctx) -> written(() -> ProblemDocuments.writeBug(ctx, bug)));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void written(Writing writing) {
        try {
            writing.run();
        } catch (IOException gone) {
            // Whoever asked has hung up; there is nobody left to tell.
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
                            + ". Is something else running there? Port 0 picks a free one.",
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

    /** Where it listens, with the port that it got. */
    public URI url() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        // An address for all interfaces is none to connect to.
        String own = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String name = own.indexOf(':') >= 0 ? "[" + own + "]" : own;
        return URI.create("http://" + name + ":" + port);
    }

    /** Stops listening; requests that are being answered have two seconds to end. */
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
