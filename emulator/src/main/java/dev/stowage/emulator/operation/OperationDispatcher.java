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

/** The door of this package: what each operation does to a record at a moment. */
public final class OperationDispatcher {

    private final Limits limits;

    public OperationDispatcher(Limits limits) {
        this.limits = limits;
    }

    /**
     * Decides; changes nothing itself.
     *
     * @param stored the record as it is kept, expired or not; null if there is none
     * @param form the form in which the caller's door will want what is written
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

    /** VAL-8: whichever operation grew it. */
    private void checkSize(RecordView record, Change.Write write, Form form) {
        write.content().settle(form);
        // Almost every record is far below the limit, even if its key were all escapes.
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
