package dev.stowage.emulator;

import dev.stowage.emulator.advice.Advisors;
import dev.stowage.emulator.app.SessionsByApp;
import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.TestSessions;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.record.DurableStorageProvider;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.service.Caller;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.DirectReply;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.service.ResetListener;
import dev.stowage.emulator.service.ResponseLossException;
import dev.stowage.emulator.service.StorageService;
import dev.stowage.emulator.stale.StaleWatches;
import dev.stowage.emulator.transfer.ExportImport;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StowageVersion;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The components of one emulator and their wiring. {@link Emulator}, {@link App} and {@link Install} are the public API; each
 * of them uses the components through this class.
 */
final class EmulatorCore {

    final Clocks clocks;
    final InstallService installService;
    final Gate gate = new Gate();
    final Watchers watchers = new Watchers();
    final ExportImport exportImport;
    private final RecordStore records;
    private final StorageService service;
    private final PluginData pluginData;
    private final FaultRules faults;
    private final OperationJournal journal;
    final TestSessions testSessions;
    private final int maxRecordBytes;
    private volatile boolean closed;

    EmulatorCore(EmulatorConfig config) {
        maxRecordBytes = config.maxRecordBytes();
        Limits limits = new Limits(maxRecordBytes);
        records = config.data()
                .<RecordStore>map(
                        directory -> new InMemoryRecordStore(DurableStorageProvider.openWithProvider(directory)))
                .orElseGet(config.backend());
        clocks = new Clocks(config.systemTime(), records);
        installService = new InstallService(records, clocks, config.reinstallPolicy(), watchers);
        faults = new FaultRules(config.maxRecordBytes());
        journal = new OperationJournal(config.journalCapacity());
        service = new StorageService(records, limits, installService, clocks, gate, faults, journal, watchers);
        testSessions = new TestSessions(
                appId -> new App(this, installService.app(appId)),
                new SessionsByApp<>("exploration"),
                new SessionsByApp<>("sweep"),
                new StaleWatches(),
                new Advisors(config.maxRecordBytes()));
        installService.addListener(new ResetListener() {
            @Override
            public void installReset(long installId) {
                faults.disarmInstall(installId);
            }

            @Override
            public void appReset(String appId) {
                faults(Optional.of(appId)).disarmAll();
                journal.reset(appId);
                gate.scopedTo(appId).open();
                testSessions.close(appId);
            }
        });
        exportImport = new ExportImport(records, installService, clocks, limits);
        service.resumeExpiry();
        pluginData = new PluginData(records, installService, limits, watchers);
        config.manualClock().ifPresent(clocks.emulator()::set);
    }

    /** @param console opens the console when its first page is requested */
    EmulatorServices services(Supplier<Optional<Console>> console) {
        return new EmulatorServices(
                StowageVersion.current(),
                installService,
                service,
                clocks,
                pluginData,
                faults,
                gate,
                journal,
                exportImport,
                testSessions,
                this::reset,
                console);
    }

    RecordBrowser browserOf(Caller caller) {
        return new RecordBrowser(
                records, service, caller, clocks.of(caller.app().appId()), maxRecordBytes);
    }

    /** The faults of one app, or of all apps if {@code appId} is empty. */
    Faults faults(Optional<String> appId) {
        return faults.scopedTo(appId);
    }

    /** The journal of one app, or of all apps if {@code appId} is empty. */
    Journal journal(Optional<String> appId) {
        return journal.scopedTo(appId);
    }

    /** The storage that belongs to a key, without HTTP. */
    Storage storage(String key) {
        return new TransportStorage(transport(key, "direct"));
    }

    /** @param client the name of the client in the journal; the thread's name is appended */
    Transport transport(String key, String client) {
        return (store, operation) -> {
            if (closed) {
                throw new StorageException(ErrorCode.UNAVAILABLE, "The emulator was closed.");
            }
            return execute(key, client + " " + Thread.currentThread().getName(), store, operation);
        };
    }

    private Reply execute(String key, String client, StoreName store, Operation operation) {
        try {
            return DirectReply.of(installService.asCaller(
                    key, caller -> service.execute(caller, store, operation, Form.HASH, client)));
        } catch (ResponseLossException loss) {
            throw new StorageException(ErrorCode.UNAVAILABLE, store + "." + loss.getMessage(), loss);
        }
    }

    void reset() {
        installService.reset();
        faults(Optional.empty()).disarmAll();
        journal.reset();
        gate.open();
        testSessions.closeAll();
    }

    void reset(String appId) {
        installService.reset(appId);
    }

    boolean isClosed() {
        return closed;
    }

    /** Releases held operations. From now on operations are refused. */
    void stopOperations() {
        closed = true;
        gate.open();
        faults.endDelays();
        journal.close();
    }

    void closeRecords() {
        records.close();
    }
}
