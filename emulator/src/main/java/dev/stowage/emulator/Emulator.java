package dev.stowage.emulator;

import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.http.Backend;
import dev.stowage.emulator.http.EmulatorServer;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.service.BrokenDelivery;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.DirectReply;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.service.Installs;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.transfer.Transfer;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
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

    private final RecordStore records;
    private final Clocks clocks;
    private final Installs installs;
    private final StorageService service;
    private final PluginData pluginData;
    private final Gate gate = new Gate();
    private final Watchers watchers = new Watchers();
    private final FaultRules faults;
    private final OperationJournal journal;
    private final Transfer transfer;
    private final @Nullable EmulatorServer server;
    private volatile boolean closed;

    private Emulator(EmulatorConfig config) {
        Limits limits = new Limits(config.maxRecordBytes());
        records = config.backend().get();
        clocks = new Clocks(config.systemTime());
        installs = new Installs(records, clocks, config.reinstallPolicy(), watchers);
        faults = new FaultRules(config.maxRecordBytes());
        journal = new OperationJournal(config.journalCapacity());
        service = new StorageService(records, limits, installs, clocks, gate, faults, journal, watchers);
        transfer = new Transfer(records, installs, clocks, limits);
        pluginData = new PluginData(records, installs, limits);
        config.manualClock().ifPresent(clocks.emulator()::set);
        server = config.servesHttp()
                ? EmulatorServer.start(config.host(), config.port(), config.adminToken(), backend())
                : null;
    }

    private Backend backend() {
        return new Backend(Version.current(), installs, service, clocks, pluginData, faults, journal, transfer);
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
     * Where it listens.
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
        return new App(this, installs.app(appId));
    }

    /** A new install of the default app, in an account of its own. */
    public Install install() {
        return app(DEFAULT_APP).install();
    }

    /** Every install since the last reset, uninstalled ones included, in the order they were made. */
    public List<Install> installs() {
        return installs.list().stream().map(this::handle).toList();
    }

    /** The emulator's clock; the clocks of apps follow it until they are set. */
    public EmulatorClock clock() {
        return clocks.emulator();
    }

    /** The faults of all apps. */
    public Faults faults() {
        return faults.scopedTo(Optional.empty());
    }

    /** What all apps' operations did. */
    public Journal journal() {
        return journal.scopedTo(Optional.empty());
    }

    /** Where a test can hold operations of any app until it lets them go. */
    public Gate gate() {
        return gate;
    }

    /** Forgets everything: apps, installs, records, settings, faults, the journal; clocks follow the system's time. */
    public void reset() {
        installs.reset();
        pluginData.reset();
        faults().disarmAll();
        journal.reset();
    }

    /** Stops serving and forgets everything; a second time it does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            gate.open();
            journal.close();
            if (server != null) {
                server.close();
            }
            records.close();
        }
    }

    Installs lives() {
        return installs;
    }

    Transfer transfer() {
        return transfer;
    }

    Clocks clocks() {
        return clocks;
    }

    Faults faultsOf(String appId) {
        return faults.scopedTo(Optional.of(appId));
    }

    Watchers watchers() {
        return watchers;
    }

    Journal journalOf(String appId) {
        return journal.scopedTo(Optional.of(appId));
    }

    void reset(String appId) {
        installs.reset(appId);
        faultsOf(appId).disarmAll();
        journal.reset(appId);
    }

    Install handle(InstallRecord install) {
        return new Install(this, install);
    }

    /** The storage that a key opens, without HTTP. */
    Storage direct(String key) {
        return new TransportStorage(transport(key, "direct"));
    }

    /** @param client who it is for, as the journal shows it, with the thread's name behind it */
    Transport transport(String key, String client) {
        return (store, operation) -> {
            if (closed) {
                throw new StorageException(ErrorCode.UNAVAILABLE, "The emulator was closed.");
            }
            return direct(key, client + " " + Thread.currentThread().getName(), store, operation);
        };
    }

    private Reply direct(String key, String client, StoreName store, Operation operation) {
        try {
            return DirectReply.of(service.execute(installs.authenticate(key), store, operation, Form.HASH, client));
        } catch (BrokenDelivery broken) {
            throw new StorageException(ErrorCode.UNAVAILABLE, store + "." + broken.getMessage(), broken);
        }
    }

    @Override
    public String toString() {
        String where = server == null ? "in process" : server.url().toString();
        return "Emulator[" + (closed ? "closed" : where) + ", "
                + installs.list().size() + " installs]";
    }
}
