package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.MatchedFault;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.operation.OperationDispatcher;
import dev.stowage.emulator.operation.RequestValidator;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Executes operations: gate, faults, guard, record, journal. Every entry point, over HTTP or in process, uses this class,
 * so all of them keep the same contract.
 */
public final class StorageService {

    private final RecordStore records;
    private final OperationExecutor executor;
    private final ExpiredRecords expiredRecords;
    private final PreviousVersions previousVersions;
    private final FaultInjector faultInjector;
    private final InstallService installService;
    private final Clocks clocks;
    private final Gate gate;
    private final OperationJournal journal;
    private final Watchers watchers;

    public StorageService(
            RecordStore records,
            Limits limits,
            InstallService installService,
            Clocks clocks,
            Gate gate,
            FaultRules faults,
            OperationJournal journal,
            Watchers watchers) {
        this.records = records;
        this.previousVersions = new PreviousVersions(faults);
        this.expiredRecords = new ExpiredRecords(records);
        installService.addListener(previousVersions);
        installService.addListener(expiredRecords);
        this.executor =
                new OperationExecutor(records, new OperationDispatcher(limits), previousVersions, expiredRecords);
        this.faultInjector = new FaultInjector(faults, records, executor, installService, previousVersions);
        this.installService = installService;
        this.clocks = clocks;
        this.gate = gate;
        this.journal = journal;
        this.watchers = watchers;
    }

    /**
     * Executes an operation. Blocks while the operation is held or delayed.
     *
     * @param form the form in which the written record is kept
     * @param client the name of the client, for the journal
     * @throws StorageException if the operation is refused; nothing has changed then (ERR-1)
     * @throws ResponseLossException if a fault loses the request or the response
     */
    public OperationResult execute(Caller caller, StoreName store, Operation operation, Form form, String client) {
        PendingOperation pending = begin(caller, store, operation, form, client);
        pending.awaitReady();
        return pending.complete();
    }

    /**
     * Begins an operation, without waiting for anything. The caller completes it when it is ready: at once in most cases.
     *
     * @param form the form in which the written record is kept
     * @param client the name of the client, for the journal
     */
    public PendingOperation begin(Caller caller, StoreName store, Operation operation, Form form, String client) {
        OptionalLong installId = caller instanceof Caller.OfInstall of
                ? OptionalLong.of(of.install().installId())
                : OptionalLong.empty();
        Call call = new Call(caller.app().appId(), installId, store, operation, client);
        Watcher watcher = watchers.of(call.appId());
        watcher.arrived(call);
        return new PendingOperation(this, caller, call, form, watcher, gate.enter(call));
    }

    /**
     * Whether an operation may occupy a thread that waits for something else than memory: for a watcher, which may do anything, or, on a store
     * that other processes use, for its key to be read or for the steps of a fault.
     *
     * @param key the key of its caller; not asked for where it makes no difference
     */
    public boolean mayWait(Supplier<String> key) {
        return isWatched()
                || (records.isShared() && !(faultInjector.isIdle() && installService.isRemembered(key.get())));
    }

    EmulatorClock clockOf(Call call) {
        return clocks.of(call.appId());
    }

    JournalRecorder recorderOf(Call call) {
        return new JournalRecorder(journal, call);
    }

    /**
     * Checks the operation, and selects the fault to inject.
     *
     * @throws StorageException if the store does not accept the operation
     */
    Optional<MatchedFault> matchFault(Caller caller, JournalRecorder recorder) {
        Call call = recorder.operation();
        Partition partition = caller.partition(call.store());
        RequestValidator.check(call.store(), call.operation());
        return faultInjector.match(recorder, partition, clockOf(call));
    }

    Optional<CompletableFuture<Void>> startDelay(MatchedFault matched) {
        return faultInjector.startDelay(matched);
    }

    OperationResult execute(Caller caller, JournalRecorder recorder, Form form, Optional<MatchedFault> fault) {
        Call call = recorder.operation();
        EmulatorClock clock = clockOf(call);
        FaultInjector.WithoutFault withoutFault = () -> executor.run(caller, clock, form, recorder);
        return end(
                caller,
                recorder,
                () -> fault.isEmpty()
                        ? withoutFault.run()
                        : faultInjector.inject(
                                fault.get().fault(),
                                caller,
                                recorder,
                                clock,
                                form,
                                withoutFault,
                                racingWrite -> new JournalRecorder(journal, racing(call, racingWrite))));
    }

    /**
     * Begins to execute an operation that has no fault. On a store that other processes use, no thread waits.
     *
     * @return what ends the operation, for {@link #end}; fails with what {@link #end} is to throw
     */
    CompletableFuture<Supplier<OperationResult>> executeLater(Caller caller, JournalRecorder recorder, Form form) {
        return executor.runLater(caller, clockOf(recorder.operation()), form, recorder);
    }

    /**
     * Ends an operation.
     *
     * @param steps what it has done, or does
     * @throws StorageException if it is refused
     * @throws ResponseLossException if its outcome is unknown, or a fault loses it
     */
    OperationResult end(Caller caller, JournalRecorder recorder, Supplier<OperationResult> steps) {
        try {
            return installService.whileActive(caller, guard -> steps.get());
        } catch (OutcomeUnknownException unknown) {
            throw new ResponseLossException(
                    ResponseLossException.Kind.RESPONSE_LOST,
                    recorder.operation().operation(),
                    unknown);
        }
    }

    /** Whether an app has a watcher, which may do anything. */
    boolean isWatched() {
        return !watchers.areNone();
    }

    /** Whether other processes may use the same records. */
    public boolean isShared() {
        return records.isShared();
    }

    CompletableFuture<OperationResult> whenDurable(Supplier<OperationResult> execution) {
        return records.whenDurable(execution);
    }

    /**
     * Returns the version of a record before the current one; empty if there was none, or it is not kept.
     *
     * @param currentVersion the version of the record; 0 if there is none
     */
    public Optional<StoredRecord> previousVersion(Caller caller, StoreName store, String key, long currentVersion) {
        return previousVersions
                .of(caller.partition(store), key, currentVersion)
                .flatMap(previous -> Optional.ofNullable(previous.record()));
    }

    /** Resumes the removal of expired records after a start with existing data. */
    public void resumeExpiry() {
        // The installs of an app have one shared store; each partition is examined once.
        Map<Partition, EmulatorClock> partitions = new LinkedHashMap<>();
        for (Caller caller : installService.callers()) {
            EmulatorClock clock = clocks.of(caller.app().appId());
            Stream.of(StoreName.values())
                    .filter(StoreName::isKeyValue)
                    .filter(store -> caller instanceof Caller.OfInstall || store == StoreName.SHARED_KV_STORE)
                    .forEach(store -> partitions.putIfAbsent(caller.partition(store), clock));
        }
        partitions.forEach(expiredRecords::resume);
    }

    private static Call racing(Call call, Operation racingWrite) {
        return new Call(call.appId(), call.installId(), call.store(), racingWrite, "race");
    }
}
