package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Content;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.OptionalLong;

/** Chapter 3: reading and writing, in all four stores. */
final class RecordOperations {

    private RecordOperations() {}

    /** GET-1, GET-2. */
    static Outcome get(Subject subject, Operation.Get get) {
        List<String> fields = get.fields();
        return Outcome.of(
                fields == null ? new Result.Whole(subject.content()) : new Result.Value(only(fields, subject.hash())));
    }

    /** PUT-1, PUT-2, PUT-3, TTL-4. */
    static Outcome put(Subject subject, Operation.Put put) {
        checkVersion(subject, put.ifVersion());
        Result result = subject.store().isKeyValue() ? new Result.Whole(subject.content()) : Result.TRUE;
        return new Outcome(subject.write(Content.of(put.value()), put.ttl()), result);
    }

    /** PATCH-1, PATCH-2, TTL-5. */
    static Outcome patch(Subject subject, Operation.Patch patch) {
        checkVersion(subject, patch.ifVersion());
        Hash next = subject.hash().toBuilder().setAll(patch.value()).build();
        return new Outcome(subject.write(Content.of(next), patch.ttl()), new Result.Whole(subject.content()));
    }

    /** DEL-1, DEL-2, DEL-3. */
    static Outcome delete(Subject subject, Operation.Delete delete) {
        checkVersion(subject, delete.ifVersion());
        List<String> fields = delete.fields();
        if (fields == null) {
            return new Outcome(Change.REMOVE, deleted(subject, new Result.Whole(subject.content())));
        }
        Hash removed = only(fields, subject.hash());
        Result result = deleted(subject, new Result.Value(removed));
        if (removed.isEmpty()) {
            return Outcome.of(result);
        }
        Hash.Builder rest = subject.hash().toBuilder();
        removed.fields().forEach(rest::remove);
        return new Outcome(subject.write(Content.of(rest.build()), Ttl.keep()), result);
    }

    private static Result deleted(Subject subject, Result previous) {
        return subject.store().isKeyValue() ? previous : Result.TRUE;
    }

    /** EXISTS-1. */
    static Outcome exists(Subject subject) {
        return Outcome.of(!subject.isMissing());
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
    private static void checkVersion(Subject subject, OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != subject.version()) {
            throw Refusal.versionConflict(subject, expected.getAsLong());
        }
    }
}
