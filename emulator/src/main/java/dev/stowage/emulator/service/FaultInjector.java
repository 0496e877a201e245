package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.MatchedFault;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.service.PreviousVersions.Previous;
import dev.stowage.emulator.service.ResponseLossException.Kind;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.operation.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Injects a fault into an operation: before it, instead of it, or into its response. */
final class FaultInjector {

    /** The operation without the fault. */
    @FunctionalInterface
    interface WithoutFault {
        OperationResult run();
    }

    private final FaultRules rules;
    private final RecordStore records;
    private final OperationExecutor executor;
    private final InstallService installService;
    private final PreviousVersions previousVersions;

    FaultInjector(
            FaultRules rules,
            RecordStore records,
            OperationExecutor executor,
            InstallService installService,
            PreviousVersions previousVersions) {
        this.rules = rules;
        this.records = records;
        this.executor = executor;
        this.installService = installService;
        this.previousVersions = previousVersions;
    }

    /** Whether no rule is armed. */
    boolean isIdle() {
        return rules.isIdle();
    }

    /** Returns the fault to inject into the operation, if any. */
    Optional<MatchedFault> match(JournalRecorder recorder, Partition partition, EmulatorClock clock) {
        if (rules.isIdle()) {
            return Optional.empty();
        }
        String key = recorder.operation().operation().key();
        Optional<MatchedFault> due = rules.match(recorder.operation(), fault -> switch (fault.kind()) {
            case EXPIRE -> hasTtl(alive(partition, key, clock.instant()));
            case STALE_READ -> previous(partition, key, clock.instant()).isPresent();
            default -> true;
        });
        due.ifPresent(matched -> recorder.injected(matched.fault()));
        return due;
    }

    private static boolean hasTtl(@Nullable StoredRecord record) {
        return record != null && record.expiresAt() != StoredRecord.NEVER;
    }

    private @Nullable StoredRecord alive(Partition partition, String key, Instant now) {
        StoredRecord stored = records.read(partition, key);
        return stored == null || stored.isExpiredAt(now) ? null : stored;
    }

    private Optional<Previous> previous(Partition partition, String key, Instant now) {
        StoredRecord current = alive(partition, key, now);
        return previousVersions.of(partition, key, current == null ? 0 : current.version());
    }

    /**
     * Injects the fault into the operation.
     *
     * @param withoutFault the operation without the fault
     * @param racingRecorder creates the journal recorder for the other client's write of a race
     */
    OperationResult inject(
            Fault fault,
            Caller caller,
            JournalRecorder recorder,
            EmulatorClock clock,
            Form form,
            WithoutFault withoutFault,
            Function<Operation, JournalRecorder> racingRecorder) {
        Partition partition = caller.partition(recorder.operation().store());
        Operation operation = recorder.operation().operation();
        return switch (fault.kind()) {
            case CONFLICT -> throw conflict(recorder, partition, clock.instant());
            case UNAVAILABLE ->
                throw new StorageException(
                        ErrorCode.UNAVAILABLE, "The service is unavailable. Nothing was done. Try again. (injected)");
            case THROTTLED ->
                throw new StorageException(
                        ErrorCode.THROTTLED, "Too many requests. Nothing was done. Try again in a second. (injected)");
            case LOST_REQUEST -> throw new ResponseLossException(Kind.REQUEST_LOST, operation);
            case DELAY -> withoutFault.run(); // The operation has waited already: see PendingOperation.
            case RACE -> {
                commitRacingWrite(((Fault.Race) fault).write(), caller, recorder, clock, form, racingRecorder);
                yield withoutFault.run();
            }
            case EXPIRE -> {
                records.update(
                        caller.guard(),
                        partition,
                        operation.key(),
                        before -> new Decided<>(Change.REMOVE, before == null));
                yield withoutFault.run();
            }
            case REINSTALL -> {
                installService.reinstall(recorder.operation().installId().orElseThrow());
                yield withoutFault.run();
            }
            case STALE_READ -> staleRead(caller, recorder, clock.instant(), form, withoutFault);
            case LOST_RESPONSE -> {
                withoutFault.run();
                throw new ResponseLossException(Kind.RESPONSE_LOST, operation);
            }
            case MALFORMED_RESPONSE -> {
                withoutFault.run();
                throw new ResponseLossException(Kind.MALFORMED, operation);
            }
        };
    }

    /** Starts the operation's delay; empty for all other faults. */
    Optional<CompletableFuture<Void>> startDelay(MatchedFault matched) {
        return matched.fault() instanceof Fault.Delay delay
                ? Optional.of(rules.startDelay(matched, delay.duration()))
                : Optional.empty();
    }

    /** Returns the same refusal as a real conflict, including the current version. */
    private StorageException conflict(JournalRecorder recorder, Partition partition, Instant now) {
        String key = recorder.operation().operation().key();
        StoredRecord current = alive(partition, key, now);
        long version = current == null ? 0 : current.version();
        recorder.versions(version, version);
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The record '" + key + "' in " + recorder.operation().store()
                        + " was changed by another client. Nothing was changed. Read it again and retry. (injected)",
                Map.of("store", recorder.operation().store().wireName(), "key", key, "currentVersion", version));
    }

    private void commitRacingWrite(
            Fault.Race.Write write,
            Caller caller,
            JournalRecorder recorder,
            EmulatorClock clock,
            Form form,
            Function<Operation, JournalRecorder> racingRecorder) {
        String key = recorder.operation().operation().key();
        Operation theirs = write.merges()
                ? new Operation.Patch(key, write.value(), write.ttl(), OptionalLong.empty())
                : new Operation.Put(key, write.value(), write.ttl(), OptionalLong.empty());
        JournalRecorder theirRecorder = racingRecorder.apply(theirs);
        try {
            installService.whileActive(caller, guard -> executor.run(caller, clock, form, theirRecorder));
        } catch (StorageException refusal) {
            // The other client's write can be refused, for example because the record would get too large.
            theirRecorder.refused(refusal.code());
        } finally {
            theirRecorder.write(clock);
        }
    }

    private OperationResult staleRead(
            Caller caller, JournalRecorder recorder, Instant now, Form form, WithoutFault withoutFault) {
        Call call = recorder.operation();
        Optional<Previous> previous =
                previous(caller.partition(call.store()), call.operation().key(), now);
        if (previous.isEmpty()) {
            // Another write happened after the match; the previous version is not the one that the rule matched.
            return withoutFault.run();
        }
        recorder.takesEffect(now);
        return executor.runOn(previous.get().record(), caller, now, form, recorder);
    }
}
