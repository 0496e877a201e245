package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.RecordContent.Form;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.wire.WireJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Dispatches each operation to its implementation, and checks the size of the record that it writes. */
public final class OperationDispatcher {

    private final Limits limits;

    public OperationDispatcher(Limits limits) {
        this.limits = limits;
    }

    /**
     * Computes the outcome of an operation. Changes nothing itself.
     *
     * @param stored the stored record, expired or not; null if there is none
     * @param form the form in which the caller will read what is written
     * @throws dev.stowage.storage.StorageException if the operation is refused
     */
    public Outcome apply(StoreName store, Operation operation, @Nullable StoredRecord stored, Instant now, Form form) {
        RecordView record = RecordView.at(now, store, operation.key(), stored);
        try {
            Outcome outcome = operation.accept(new On(record));
            if (outcome.change() instanceof Change.Write write) {
                checkSize(record, write, form);
            }
            return outcome;
        } catch (StorageException refusal) {
            throw Refusals.located(refusal, store, operation);
        }
    }

    /** VAL-8: applies to every operation that writes. */
    private void checkSize(RecordView record, Change.Write write, Form form) {
        write.content().settle(form);
        // Most records are far below the limit, even if every character of the key had to be escaped.
        if (!write.content().fits(limits.maxRecordBytes() - 6L * record.key().length() - 2)) {
            int size = write.content().size() + WireJson.encodedLength(record.key());
            if (size > limits.maxRecordBytes()) {
                throw Refusals.tooLarge(record, size, limits.maxRecordBytes());
            }
        }
    }

    private record On(RecordView record) implements Operation.Visitor<Outcome> {

        @Override
        public Outcome get(Operation.Get operation) {
            return RecordOperations.get(record, operation);
        }

        @Override
        public Outcome put(Operation.Put operation) {
            return RecordOperations.put(record, operation);
        }

        @Override
        public Outcome patch(Operation.Patch operation) {
            return RecordOperations.patch(record, operation);
        }

        @Override
        public Outcome delete(Operation.Delete operation) {
            return RecordOperations.delete(record, operation);
        }

        @Override
        public Outcome exists(Operation.Exists operation) {
            return RecordOperations.exists(record);
        }

        @Override
        public Outcome increment(Operation.Increment operation) {
            return NumberOperations.increment(record, operation);
        }

        @Override
        public Outcome listInsert(Operation.ListInsert operation) {
            return ListOperations.insert(record, operation);
        }

        @Override
        public Outcome listTake(Operation.ListTake operation) {
            return ListOperations.take(record, operation);
        }

        @Override
        public Outcome setMembers(Operation.SetMembers operation) {
            return SetOperations.apply(record, operation);
        }
    }
}
