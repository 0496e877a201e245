package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.operation.Contract;
import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.operation.Rules;
import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.PartitionDroppedException;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.emulator.watch.Watchers;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One operation's way from the door to its record: gate, faults, lease, record, journal. Every door, over HTTP or in process,
 * comes through here, so that all of them keep the same contract.
 */
public final class StorageService {

    private final Execution execution;
    private final FaultInjection injection;
    private final Installs installs;
    private final Clocks clocks;
    private final Gate gate;
    private final OperationJournal journal;
    private final Watchers watchers;

    public StorageService(
            RecordStore records,
            Limits limits,
            Installs installs,
            Clocks clocks,
            Gate gate,
            FaultRules faults,
            OperationJournal journal,
            Watchers watchers) {
        PreviousVersions previousVersions = new PreviousVersions();
        this.execution = new Execution(records, new Contract(limits), previousVersions);
        this.injection = new FaultInjection(faults, records, execution, installs, previousVersions);
        this.installs = installs;
        this.clocks = clocks;
        this.gate = gate;
        this.journal = journal;
        this.watchers = watchers;
    }

    /**
     * Has the operation carried out.
     *
     * @param form the form in which the door wants what is written to be kept
     * @param client where it came from, for the journal
     * @throws StorageException if it is refused; nothing has changed then (ERR-1)
     * @throws BrokenDelivery if a fault breaks the request or the answer
     */
    @SuppressWarnings("try") // the pass is for its end alone
    public Answer execute(Caller caller, StoreName store, Operation operation, Form form, String client) {
        OptionalLong installId = caller instanceof Caller.OfInstall of
                ? OptionalLong.of(of.install().installId())
                : OptionalLong.empty();
        Call call = new Call(caller.app().appId(), installId, store, operation, client);
        EmulatorClock clock = clocks.of(caller.app().appId());
        Watcher watcher = watchers.of(call.appId());
        watcher.arrived(call);
        try (Gate.Pass pass = gate.enter(call)) {
            Answer answer = traced(caller, call, clock, form);
            watcher.done(call, () -> Optional.of(DirectReply.of(answer)));
            return answer;
        } catch (BrokenDelivery broken) {
            if (broken.how().wasDone()) {
                watcher.done(call, Optional::empty);
            } else {
                watcher.refused(call);
            }
            throw broken;
        } catch (StorageException refusal) {
            watcher.refused(call);
            throw refusal;
        }
    }

    private Answer traced(Caller caller, Call call, EmulatorClock clock, Form form) {
        Trace trace = new Trace(journal, call);
        try {
            return execute(caller, trace, clock, form);
        } catch (StorageException refusal) {
            trace.refused(refusal.code());
            throw refusal;
        } finally {
            trace.write(clock);
        }
    }

    private Answer execute(Caller caller, Trace trace, EmulatorClock clock, Form form) {
        Call call = trace.operation();
        Partition partition = caller.partition(call.store());
        Rules.check(call.store(), call.operation());
        Optional<Fault> fault = injection.meet(trace, partition, clock);
        FaultInjection.Undisturbed undisturbed = () ->
                whileActive(caller, () -> execution.run(partition, call.store(), call.operation(), clock, form, trace));
        return fault.isEmpty()
                ? undisturbed.run()
                : injection.disturb(
                        fault.get(),
                        trace,
                        partition,
                        clock,
                        form,
                        undisturbed,
                        theirs -> new Trace(journal, racing(call, theirs)));
    }

    private static Call racing(Call call, Operation theirs) {
        return new Call(call.appId(), call.installId(), call.store(), theirs, "race");
    }

    private Answer whileActive(Caller caller, Supplier<Answer> operation) {
        try {
            return caller instanceof Caller.OfInstall of
                    ? installs.whileActive(of.install(), operation)
                    : operation.get();
        } catch (PartitionDroppedException reset) {
            throw new StorageException(
                    ErrorCode.UNAUTHENTICATED, "The app was reset while the operation was on its way.", reset);
        }
    }
}
