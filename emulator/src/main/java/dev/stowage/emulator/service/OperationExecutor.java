package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.operation.OperationDispatcher;
import dev.stowage.emulator.operation.Outcome;
import dev.stowage.emulator.operation.Result;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.Updated;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes the operation of a {@link JournalRecorder} on its record, without faults. */
final class OperationExecutor {

    private final RecordStore records;
    private final OperationDispatcher dispatcher;
    private final PreviousVersions previousVersions;
    private final ExpiredRecords expiredRecords;

    OperationExecutor(
            RecordStore records,
            OperationDispatcher dispatcher,
            PreviousVersions previousVersions,
            ExpiredRecords expiredRecords) {
        this.records = records;
        this.dispatcher = dispatcher;
        this.previousVersions = previousVersions;
        this.expiredRecords = expiredRecords;
    }

    /**
     * Reads the clock, computes the outcome and writes it, in one atomic step of the record. A read is a step that writes
     * nothing. So the operations of a record, their times and their journal slots have the same order.
     *
     * @throws dev.stowage.emulator.record.GuardMissingException if the caller's install or app has ended (INST-5)
     */
    OperationResult run(Caller caller, EmulatorClock clock, Form form, JournalRecorder recorder) {
        Step step = new Step(caller, clock, form, recorder);
        return step.end(records.update(
                caller.guard(), step.partition, step.call.operation().key(), step));
    }

    /**
     * As {@link #run}, without a thread that waits.
     *
     * @return what ends the operation and returns its result, when its step has been taken; fails with what {@link #run} throws
     */
    CompletableFuture<Supplier<OperationResult>> runLater(
            Caller caller, EmulatorClock clock, Form form, JournalRecorder recorder) {
        Step step = new Step(caller, clock, form, recorder);
        return records.updateLater(
                        caller.guard(), step.partition, step.call.operation().key(), step)
                .thenApply(updated -> () -> step.end(updated));
    }

    /** An operation's step: its decision, and what follows when it has been taken. */
    private final class Step implements Function<@Nullable StoredRecord, Decided<Decision>> {

        private final Call call;
        private final Partition partition;
        private final EmulatorClock clock;
        private final Form form;
        private final JournalRecorder recorder;

        Step(Caller caller, EmulatorClock clock, Form form, JournalRecorder recorder) {
            this.call = recorder.operation();
            this.partition = caller.partition(call.store());
            this.clock = clock;
            this.form = form;
            this.recorder = recorder;
        }

        @Override
        public Decided<Decision> apply(@Nullable StoredRecord stored) {
            Instant now = clock.instant();
            recorder.takesEffect(now);
            StoredRecord alive = stored == null || stored.isExpiredAt(now) ? null : stored;
            recorder.versions(versionOf(alive), versionOf(alive));
            Outcome outcome = dispatcher.apply(call.store(), call.operation(), stored, now, form);
            return new Decided<>(changeOf(outcome, stored, alive, clock), new Decision(outcome, alive, now));
        }

        OperationResult end(Updated<Decision> updated) {
            Decision decision = updated.decision();
            StoredRecord before = decision.before();
            if (decision.outcome().change() instanceof Change.Keep) {
                return new OperationResult(
                        decision.outcome().result(),
                        versionOf(before),
                        before == null ? OptionalLong.empty() : before.ttlSeconds(decision.now()));
            }
            recorder.versions(versionOf(before), updated.versionAfter());
            if (versionOf(before) != updated.versionAfter()) {
                previousVersions.remember(
                        call.appId(),
                        partition,
                        call.store(),
                        call.operation().key(),
                        new PreviousVersions.Previous(versionOf(before), updated.versionAfter(), before));
            }
            if (decision.outcome().change() instanceof Change.Write write && write.expiresAt() != StoredRecord.NEVER) {
                expiredRecords.expires(partition, clock, write.expiresAt());
            }
            expiredRecords.freeSome(clock);
            return new OperationResult(decision.outcome().result(), updated.versionAfter(), OptionalLong.empty());
        }
    }

    /**
     * Other servers' clocks may differ a little: the one that first finds a record expired removes it, so that none of them sees it
     * afterwards (LIN-1, TTL-2).
     */
    private Change changeOf(
            Outcome outcome, @Nullable StoredRecord stored, @Nullable StoredRecord alive, EmulatorClock clock) {
        boolean expired = stored != null && alive == null;
        return expired
                        && outcome.change() instanceof Change.Keep
                        && records.isShared()
                        && clock.mode() == EmulatorClock.Mode.SYSTEM
                ? Change.REMOVE
                : outcome.change();
    }

    private static long versionOf(@Nullable StoredRecord record) {
        return record == null ? 0 : record.version();
    }

    /** @param before the record before the step; null if it did not exist or had expired */
    private record Decision(Outcome outcome, @Nullable StoredRecord before, Instant now) {}

    /**
     * Returns the result of a read of a record as it was before.
     *
     * @throws dev.stowage.emulator.record.GuardMissingException if the caller's install or app has ended (INST-5)
     */
    OperationResult runOn(
            @Nullable StoredRecord previous, Caller caller, Instant now, Form form, JournalRecorder recorder) {
        Call call = recorder.operation();
        OperationResult result = readFrom(previous, call, now, form, recorder);
        return records.update(
                        caller.guard(),
                        caller.partition(call.store()),
                        call.operation().key(),
                        current -> new Decided<>(Change.KEEP, result))
                .decision();
    }

    private OperationResult readFrom(
            @Nullable StoredRecord stored, Call call, Instant now, Form form, JournalRecorder recorder) {
        boolean isThere = stored != null && !stored.isExpiredAt(now);
        long version = stored != null && isThere ? stored.version() : 0;
        recorder.versions(version, version);
        Result result = dispatcher
                .apply(call.store(), call.operation(), stored, now, form)
                .result();
        return new OperationResult(
                result, version, stored != null && isThere ? stored.ttlSeconds(now) : OptionalLong.empty());
    }
}
