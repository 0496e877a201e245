package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Contract;
import dev.stowage.emulator.operation.Outcome;
import dev.stowage.emulator.operation.Result;
import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.Updated;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An operation on its record, as it is without faults. */
final class Execution {

    private final RecordStore records;
    private final Contract contract;
    private final PreviousVersions previousVersions;

    Execution(RecordStore records, Contract contract, PreviousVersions previousVersions) {
        this.records = records;
        this.contract = contract;
        this.previousVersions = previousVersions;
    }

    Answer run(Partition partition, StoreName store, Operation operation, EmulatorClock clock, Form form, Trace trace) {
        return operation.isRead()
                ? read(partition, store, operation, clock.instant(), form, trace)
                : write(partition, store, operation, clock, form, trace);
    }

    /** Now first, then the record: the other way round a record could be judged expired that had been renewed. */
    private Answer read(
            Partition partition, StoreName store, Operation operation, Instant now, Form form, Trace trace) {
        StoredRecord stored = records.read(partition, operation.key());
        trace.takesEffect(now);
        return answer(store, operation, stored, now, form, trace);
    }

    /** What a read answers that finds this record. */
    Answer answer(
            StoreName store, Operation operation, @Nullable StoredRecord stored, Instant now, Form form, Trace trace) {
        boolean isThere = stored != null && !stored.isExpiredAt(now);
        long version = stored != null && isThere ? stored.version() : 0;
        trace.versions(version, version);
        Result result = contract.apply(store, operation, stored, now, form).result();
        return new Answer(result, version, stored != null && isThere ? stored.ttlSeconds(now) : OptionalLong.empty());
    }

    /** Now is read inside the atomic step, so that a record's writes and the times they saw have one order. */
    private Answer write(
            Partition partition, StoreName store, Operation operation, EmulatorClock clock, Form form, Trace trace) {
        Updated<Written> updated = records.update(partition, operation.key(), stored -> {
            Instant now = clock.instant();
            trace.takesEffect(now);
            StoredRecord alive = stored == null || stored.isExpiredAt(now) ? null : stored;
            long version = alive == null ? 0 : alive.version();
            trace.versions(version, version);
            Outcome outcome = contract.apply(store, operation, stored, now, form);
            return new Decided<>(outcome.change(), new Written(outcome.result(), alive));
        });
        StoredRecord before = updated.decision().before();
        long versionBefore = before == null ? 0 : before.version();
        long versionAfter = updated.versionAfter();
        trace.versions(versionBefore, versionAfter);
        if (versionBefore != versionAfter) {
            previousVersions.remember(partition, operation.key(), before, versionBefore, versionAfter);
        }
        return new Answer(updated.decision().result(), versionAfter, OptionalLong.empty());
    }

    /** @param before the record that the write found; null where there was none, or none any more */
    private record Written(Result result, @Nullable StoredRecord before) {}
}
