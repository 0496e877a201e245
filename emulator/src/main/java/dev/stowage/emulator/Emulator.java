package dev.stowage.emulator;

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
 * An emulator of installable apps' storage, in this process: apps, installs and their stores, time that a test can move.
 * Starts in milliseconds, keeps everything in memory, and ends with {@link #close()}. Safe for many threads at once.
 *
 * <pre>{@code
 * try (Emulator emulator = Emulator.start()) {
 *     Install install = emulator.install();
 *     install.storage().kvStore().put("greeting", Hash.of("text", "hello"), Duration.ofMinutes(5));
 *     HttpStorage.connect(emulator.url(), install.apiKey()); // the same stores, over the wire
 * }
 * }</pre>
 */
public final class Emulator implements AutoCloseable {

    /** The app that installs belong to where no other is named. */
    public static final String DEFAULT_APP = "default";

    private final EmulatorCore core;
    private final @Nullable EmulatorServer server;

    private Emulator(EmulatorConfig config) {
        core = new EmulatorCore(config);
        server = config.servesHttp()
                ? EmulatorServer.start(config.host(), config.port(), config.adminToken(), core.services())
                : null;
    }

    /** Starts with {@link EmulatorConfig#defaults()}: HTTP on a free port of 127.0.0.1. */
    public static Emulator start() {
        return start(EmulatorConfig.defaults());
    }

    /**
     * Starts as configured; serves when this returns.
     *
     * @throws StorageException {@link ErrorCode#UNAVAILABLE} if the address can't be bound;
     *     {@link ErrorCode#INVALID_REQUEST} for an address that needs an admin token and has none
     */
    public static Emulator start(EmulatorConfig config) {
        return new Emulator(config);
    }

    /**
     * The URL of the HTTP server.
     *
     * @throws IllegalStateException if it was configured without HTTP
     */
    public URI url() {
        if (server == null) {
            throw new IllegalStateException(
                    "This emulator serves no HTTP: it was started with servesHttp(false). Use Install.storage().");
        }
        return server.url();
    }

    /** The app of that name; made if there is none. */
    public App app(String appId) {
        return new App(core, core.installService.app(appId));
    }

    /** A new install of the default app, in an account of its own. */
    public Install install() {
        return app(DEFAULT_APP).install();
    }

    /** Every install since the last reset, uninstalled ones included, in the order they were made. */
    public List<Install> installs() {
        return core.installService.list().stream()
                .map(install -> new Install(core, install))
                .toList();
    }

    /** The emulator's clock; the clocks of apps follow it until they are set. */
    public EmulatorClock clock() {
        return core.clocks.emulator();
    }

    /** The faults of all apps. */
    public Faults faults() {
        return core.faults(Optional.empty());
    }

    /** The operations of all apps. */
    public Journal journal() {
        return core.journal(Optional.empty());
    }

    /** Where a test can hold operations of any app until it releases them. */
    public Gate gate() {
        return core.gate;
    }

    /** Forgets everything: apps, installs, records, settings, faults, the journal; clocks follow the system's time. */
    public void reset() {
        core.reset();
    }

    /** Stops serving and forgets everything; a second time it does nothing. */
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
