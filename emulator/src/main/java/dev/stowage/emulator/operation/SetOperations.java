package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.RecordContent;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.ValueSet;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Operation.SetAction;
import dev.stowage.storage.operation.Operation.SetKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 7: sets. */
final class SetOperations {

    private SetOperations() {}

    /** SET-1 to SET-6. */
    static Outcome apply(RecordView record, Operation.SetMembers operation) {
        return operation.kind() == SetKind.NUMBER
                ? apply(record, operation, NumberSet.class, NumberSet.of())
                : apply(record, operation, StringSet.class, StringSet.of());
    }

    private static <S extends ValueSet<?, S>> Outcome apply(
            RecordView record, Operation.SetMembers operation, Class<S> kind, S none) {
        Hash.Builder next = record.hash().toBuilder();
        Hash.Builder countedByField = Hash.builder();
        boolean changed = false;
        for (Map.Entry<String, @Nullable Object> values :
                operation.values().asMap().entrySet()) {
            String field = values.getKey();
            S given = kind.cast(values.getValue());
            S current = setIn(record, field, kind, none);
            S counted = operation.action() == SetAction.ADD ? given.minus(current) : given.intersection(current);
            countedByField.set(field, counted);
            if (operation.action() == SetAction.ADD
                    && (!counted.isEmpty() || !record.hash().has(field))) {
                next.set(field, current.union(given));
                changed = true;
            } else if (operation.action() == SetAction.REMOVE && !counted.isEmpty()) {
                next.set(field, current.minus(given));
                changed = true;
            }
        }
        Result result = operation.multi() ? new Result.ByField(countedByField.build()) : any(countedByField.build());
        return changed
                ? new Outcome(record.write(RecordContent.of(next.build()), Ttl.keep()), result)
                : Outcome.of(result);
    }

    private static Result any(Hash counted) {
        ValueSet<?, ?> members =
                (ValueSet<?, ?>) counted.asMap().values().iterator().next();
        return members == null || members.isEmpty() ? Result.FALSE : Result.TRUE;
    }

    private static <S extends ValueSet<?, S>> S setIn(RecordView record, String field, Class<S> kind, S none) {
        if (!record.hash().has(field)) {
            return none;
        }
        Object value = record.hash().get(field);
        if (kind.isInstance(value)) {
            return kind.cast(value);
        }
        throw Refusals.wrongType(record, field, value, kind.getSimpleName(), "SET-5");
    }
}
