package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.OptionalLong;

/** Chapter 3: reading and writing, in all four stores. */
final class RecordOperations {

    private RecordOperations() {}

    /** GET-1, GET-2. */
    static Outcome get(RecordView record, Operation.Get get) {
        List<String> fields = get.fields();
        return Outcome.of(
                fields == null ? new Result.Whole(record.content()) : new Result.Value(only(fields, record.hash())));
    }

    /** PUT-1, PUT-2, PUT-3, TTL-4. */
    static Outcome put(RecordView record, Operation.Put put) {
        checkVersion(record, put.ifVersion());
        Result result = record.store().isKeyValue() ? new Result.Whole(record.content()) : Result.TRUE;
        return new Outcome(record.write(RecordContent.of(put.value()), put.ttl()), result);
    }

    /** PATCH-1, PATCH-2, TTL-5. */
    static Outcome patch(RecordView record, Operation.Patch patch) {
        checkVersion(record, patch.ifVersion());
        Hash next = record.hash().toBuilder().setAll(patch.value()).build();
        return new Outcome(record.write(RecordContent.of(next), patch.ttl()), new Result.Whole(record.content()));
    }

    /** DEL-1, DEL-2, DEL-3. */
    static Outcome delete(RecordView record, Operation.Delete delete) {
        checkVersion(record, delete.ifVersion());
        List<String> fields = delete.fields();
        if (fields == null) {
            return new Outcome(Change.REMOVE, deleted(record, new Result.Whole(record.content())));
        }
        Hash removed = only(fields, record.hash());
        Result result = deleted(record, new Result.Value(removed));
        if (removed.isEmpty()) {
            return Outcome.of(result);
        }
        Hash.Builder rest = record.hash().toBuilder();
        removed.fields().forEach(rest::remove);
        return new Outcome(record.write(RecordContent.of(rest.build()), Ttl.keep()), result);
    }

    private static Result deleted(RecordView record, Result previous) {
        return record.store().isKeyValue() ? previous : Result.TRUE;
    }

    /** EXISTS-1. */
    static Outcome exists(RecordView record) {
        return Outcome.of(!record.isMissing());
    }

    private static Hash only(List<String> fields, Hash hash) {
        Hash.Builder found = Hash.builder();
        for (String field : fields) {
            if (hash.has(field)) {
                found.set(field, hash.get(field));
            }
        }
        return found.build();
    }

    /** LIN-2. */
    private static void checkVersion(RecordView record, OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != record.version()) {
            throw Refusals.versionConflict(record, expected.getAsLong());
        }
    }
}
