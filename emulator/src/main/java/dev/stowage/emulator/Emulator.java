package dev.stowage.emulator;

import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.http.EmulatorServer;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An emulator of the storage of installable apps. It runs in this process and keeps its state in memory: apps, installs,
 * their stores, and clocks that a test can move. It starts in milliseconds and stops with {@link #close()}. Thread-safe.
 *
 * <pre>{@code
 * try (Emulator emulator = Emulator.start()) {
 *     Install install = emulator.install();
 *     install.storage().kvStore().put("greeting", Hash.of("text", "hello"), Duration.ofMinutes(5));
 *     HttpStorage.connect(emulator.url(), install.apiKey()); // the same stores over HTTP
 * }
 * }</pre>
 */
public final class Emulator implements AutoCloseable {

    /** The id of the app that {@link #install()} uses. */
    public static final String DEFAULT_APP = "default";

    private final EmulatorCore core;
    private final @Nullable EmulatorServer server;
    private @Nullable Console console;
    private boolean hasLookedForConsole;

    private Emulator(EmulatorConfig config) {
        core = new EmulatorCore(config);
        server = config.servesHttp()
                ? EmulatorServer.start(
                        ListenAddress.check(config.host()),
                        config.port(),
                        config.adminToken(),
                        config.allowedHosts(),
                        core.services(this::openConsole))
                : null;
    }

    private synchronized Optional<Console> openConsole() {
        if (!hasLookedForConsole) {
            hasLookedForConsole = true;
            console =
                    ConsoleProvider.find().map(provider -> provider.open(this)).orElse(null);
        }
        return Optional.ofNullable(console);
    }

    /** Starts an emulator with {@link EmulatorConfig#defaults()}: HTTP on a free port of 127.0.0.1. */
    public static Emulator start() {
        return start(EmulatorConfig.defaults());
    }

    /**
     * Starts an emulator. Its HTTP server accepts requests when this method returns.
     *
     * @throws StorageException {@link ErrorCode#UNAVAILABLE} if the server can't listen on the address;
     *     {@link ErrorCode#INVALID_REQUEST} if the address requires an admin token and none is configured
     */
    public static Emulator start(EmulatorConfig config) {
        return new Emulator(config);
    }

    /**
     * Returns the URL of the HTTP server.
     *
     * @throws IllegalStateException if the emulator was configured without HTTP
     */
    public URI url() {
        if (server == null) {
            throw new IllegalStateException(
                    "This emulator has no HTTP server: it was started with servesHttp(false). Use Install.storage().");
        }
        return server.url();
    }

    /**
     * Starts the part of the server that serves everything but operations, which the first such request would wait for. Does nothing
     * if it is started, or without HTTP.
     */
    public void startControlPlane() {
        if (server != null) {
            server.startControlPlane();
        }
    }

    /** Returns the app with this id; creates it if it does not exist. */
    public App app(String appId) {
        return new App(core, core.installService.app(appId));
    }

    /**
     * Returns the app with this id; creates it with this key if it does not exist.
     *
     * @param appKey the key of the app's global functions: 27 letters or digits and {@code =}
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if the key is malformed or in use
     */
    public App app(String appId, String appKey) {
        return new App(core, core.installService.app(appId, Optional.of(appKey)));
    }

    /** Returns all apps since the last reset, in the order of their ids. */
    public List<App> apps() {
        return core.installService.apps().stream()
                .map(app -> new App(core, app))
                .toList();
    }

    /** Returns the app with this id; empty if it does not exist. */
    public Optional<App> findApp(String appId) {
        return core.installService.findApp(appId).map(app -> new App(core, app));
    }

    /**
     * Returns the install with this id. Ended installs are included.
     *
     * @throws StorageException {@link ErrorCode#NOT_FOUND} if it does not exist
     */
    public Install install(long installId) {
        return new Install(core, core.installService.get(installId));
    }

    /** Installs the app {@value #DEFAULT_APP} in a new account. */
    public Install install() {
        return app(DEFAULT_APP).install();
    }

    /** Returns all installs since the last reset, in the order in which they were created. Ended installs are included. */
    public List<Install> installs() {
        return core.installService.list().stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /** The emulator's clock. The clocks of apps follow it until they are set or frozen. */
    public EmulatorClock clock() {
        return core.clocks.emulator();
    }

    /** The faults of all apps. */
    public Faults faults() {
        return core.faults(Optional.empty());
    }

    /** The journal of all apps. */
    public Journal journal() {
        return core.journal(Optional.empty());
    }

    /** The gate at which a test can hold operations of any app until it releases them. */
    public Gate gate() {
        return core.gate;
    }

    /**
     * Deletes all apps, installs, records, settings, faults, watchers and journal entries, and releases held operations. All clocks
     * follow the system's time.
     */
    public void reset() {
        core.reset();
    }

    /** Stops the server. What is in memory is gone; what is in a data directory stays. Further calls do nothing. */
    @Override
    public void close() {
        if (!core.isClosed()) {
            core.stopOperations();
            if (server != null) {
                server.close();
            }
            core.closeRecords();
        }
    }

    @Override
    public String toString() {
        String where = server == null ? "in process" : server.url().toString();
        return "Emulator[" + (core.isClosed() ? "closed" : where) + ", "
                + core.installService.list().size() + " installs]";
    }
}
