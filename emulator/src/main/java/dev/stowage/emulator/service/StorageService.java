package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Contract;
import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.operation.Outcome;
import dev.stowage.emulator.operation.Result;
import dev.stowage.emulator.operation.Rules;
import dev.stowage.emulator.record.Content.Form;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.PartitionDroppedException;
import dev.stowage.emulator.record.RecordStore.Updated;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * One operation's way from the door to its record. Every door, over HTTP or in process, comes through here, so that all
 * of them keep the same contract.
 */
public final class StorageService {

    private final RecordStore records;
    private final Contract contract;
    private final Installs installs;
    private final Clocks clocks;

    public StorageService(RecordStore records, Limits limits, Installs installs, Clocks clocks) {
        this.records = records;
        this.contract = new Contract(limits);
        this.installs = installs;
        this.clocks = clocks;
    }

    /**
     * Has the operation carried out.
     *
     * @param form the form in which the door wants what is written to be kept
     * @throws StorageException if it is refused; nothing has changed then (ERR-1)
     */
    public Answer execute(Caller caller, StoreName store, Operation operation, Form form) {
        Partition partition = caller.partition(store);
        Rules.check(store, operation);
        EmulatorClock clock = clocks.of(caller.app().appId());
        try {
            if (caller instanceof Caller.OfInstall of) {
                return installs.whileActive(of.install(), () -> execute(partition, store, operation, clock, form));
            }
            return execute(partition, store, operation, clock, form);
        } catch (PartitionDroppedException reset) {
            throw new StorageException(
                    ErrorCode.UNAUTHENTICATED, "The app was reset while the operation was on its way.", reset);
        }
    }

    private Answer execute(Partition partition, StoreName store, Operation operation, EmulatorClock clock, Form form) {
        return operation.isRead()
                ? read(partition, store, operation, clock.instant(), form)
                : write(partition, store, operation, clock, form);
    }

    /** Now first, then the record: the other way round a record could be judged expired that had been renewed. */
    private Answer read(Partition partition, StoreName store, Operation operation, Instant now, Form form) {
        StoredRecord stored = records.read(partition, operation.key());
        Result result = contract.apply(store, operation, stored, now, form).result();
        return stored == null || stored.isExpiredAt(now)
                ? new Answer(result, 0, OptionalLong.empty())
                : new Answer(result, stored.version(), stored.ttlSeconds(now));
    }

    /** Now is read inside the atomic step, so that a record's writes and the times they saw have one order. */
    private Answer write(Partition partition, StoreName store, Operation operation, EmulatorClock clock, Form form) {
        Updated<Result> updated = records.update(partition, operation.key(), stored -> {
            Outcome outcome = contract.apply(store, operation, stored, clock.instant(), form);
            return new Decided<>(outcome.change(), outcome.result());
        });
        return new Answer(updated.decision(), updated.versionAfter(), OptionalLong.empty());
    }
}
