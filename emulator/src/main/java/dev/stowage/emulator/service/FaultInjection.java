package dev.stowage.emulator.service;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.service.BrokenDelivery.How;
import dev.stowage.emulator.service.PreviousVersions.Previous;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a fault does to the operation that meets it: before it, instead of it, or to its answer. */
final class FaultInjection {

    /** The operation as it is without a fault. */
    @FunctionalInterface
    interface Undisturbed {
        Answer run();
    }

    private final FaultRules rules;
    private final RecordStore records;
    private final Execution execution;
    private final Installs installs;
    private final PreviousVersions previousVersions;

    FaultInjection(
            FaultRules rules,
            RecordStore records,
            Execution execution,
            Installs installs,
            PreviousVersions previousVersions) {
        this.rules = rules;
        this.records = records;
        this.execution = execution;
        this.installs = installs;
        this.previousVersions = previousVersions;
    }

    /** Which fault the operation meets, if any. */
    Optional<Fault> meet(Trace trace, Partition partition, EmulatorClock clock) {
        if (rules.isIdle()) {
            return Optional.empty();
        }
        String key = trace.operation().operation().key();
        Optional<Fault> met = rules.meet(trace.operation(), fault -> switch (fault.kind()) {
            case EXPIRE -> hasTtl(alive(partition, key, clock.instant()));
            case STALE_READ -> previous(partition, key, clock.instant()).isPresent();
            default -> true;
        });
        met.ifPresent(trace::met);
        return met;
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
     * Has the operation meet the fault.
     *
     * @param undisturbed the operation as it is without
     * @param traceOfRace where the other client's write of a race leaves its trace
     */
    Answer disturb(
            Fault fault,
            Trace trace,
            Partition partition,
            EmulatorClock clock,
            Form form,
            Undisturbed undisturbed,
            Function<Operation, Trace> traceOfRace) {
        Operation operation = trace.operation().operation();
        return switch (fault.kind()) {
            case CONFLICT -> throw conflict(trace, partition, clock.instant());
            case UNAVAILABLE ->
                throw new StorageException(
                        ErrorCode.UNAVAILABLE, "The service is unavailable. Nothing was done: try again. (injected)");
            case THROTTLED ->
                throw new StorageException(
                        ErrorCode.THROTTLED, "Too many requests. Nothing was done: try again in a second. (injected)");
            case LOST_REQUEST -> throw new BrokenDelivery(How.REQUEST_LOST, operation);
            case DELAY -> {
                waitFor(((Fault.Delay) fault).duration());
                yield undisturbed.run();
            }
            case RACE -> {
                overtake(((Fault.Race) fault).write(), trace, partition, clock, form, traceOfRace);
                yield undisturbed.run();
            }
            case EXPIRE -> {
                records.update(partition, operation.key(), before -> new Decided<>(Change.REMOVE, before == null));
                yield undisturbed.run();
            }
            case REINSTALL -> {
                installs.reinstall(trace.operation().installId().orElseThrow());
                yield undisturbed.run();
            }
            case STALE_READ -> staleRead(trace, partition, clock.instant(), form, undisturbed);
            case LOST_RESPONSE -> {
                undisturbed.run();
                throw new BrokenDelivery(How.RESPONSE_LOST, operation);
            }
            case GARBLED -> {
                undisturbed.run();
                throw new BrokenDelivery(How.GARBLED, operation);
            }
        };
    }

    /** In real time: the delay is felt by a client's own timeouts, which no emulator's clock moves. */
    private static void waitFor(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** As the real thing looks, down to the version that it says is current. */
    private StorageException conflict(Trace trace, Partition partition, Instant now) {
        String key = trace.operation().operation().key();
        StoredRecord current = alive(partition, key, now);
        long version = current == null ? 0 : current.version();
        trace.versions(version, version);
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The record '" + key + "' in " + trace.operation().store()
                        + " was changed by another client. Nothing was changed: read it again and decide anew. (injected)",
                Map.of("store", trace.operation().store().wireName(), "key", key, "currentVersion", version));
    }

    private void overtake(
            Fault.Race.Write write,
            Trace trace,
            Partition partition,
            EmulatorClock clock,
            Form form,
            Function<Operation, Trace> traceOf) {
        String key = trace.operation().operation().key();
        Operation theirs = write.merges()
                ? new Operation.Patch(key, write.value(), write.ttl(), OptionalLong.empty())
                : new Operation.Put(key, write.value(), write.ttl(), OptionalLong.empty());
        Trace traceOfTheirs = traceOf.apply(theirs);
        try {
            execution.run(partition, trace.operation().store(), theirs, clock, form, traceOfTheirs);
        } catch (StorageException refusal) {
            // The other client's business: a patch of theirs that would grow the record too large, say.
            traceOfTheirs.refused(refusal.code());
        } finally {
            traceOfTheirs.write(clock);
        }
    }

    private Answer staleRead(Trace trace, Partition partition, Instant now, Form form, Undisturbed undisturbed) {
        Optional<Previous> previous =
                previous(partition, trace.operation().operation().key(), now);
        if (previous.isEmpty()) {
            // Written between the match and here: what was one version ago then is not what is asked for now.
            return undisturbed.run();
        }
        trace.takesEffect(now);
        return execution.answer(
                trace.operation().store(),
                trace.operation().operation(),
                previous.get().record(),
                now,
                form,
                trace);
    }
}
