package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Content;
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
    static Outcome apply(Subject subject, Operation.SetMembers operation) {
        return operation.kind() == SetKind.NUMBER
                ? apply(subject, operation, NumberSet.class, NumberSet.of())
                : apply(subject, operation, StringSet.class, StringSet.of());
    }

    private static <S extends ValueSet<?, S>> Outcome apply(
            Subject subject, Operation.SetMembers operation, Class<S> kind, S none) {
        Hash.Builder next = subject.hash().toBuilder();
        Hash.Builder answer = Hash.builder();
        boolean changed = false;
        for (Map.Entry<String, @Nullable Object> values :
                operation.values().asMap().entrySet()) {
            String field = values.getKey();
            S given = kind.cast(values.getValue());
            S current = setIn(subject, field, kind, none);
            S counted = operation.action() == SetAction.ADD ? given.minus(current) : given.intersection(current);
            answer.set(field, counted);
            if (operation.action() == SetAction.ADD
                    && (!counted.isEmpty() || !subject.hash().has(field))) {
                next.set(field, current.union(given));
                changed = true;
            } else if (operation.action() == SetAction.REMOVE && !counted.isEmpty()) {
                next.set(field, current.minus(given));
                changed = true;
            }
        }
        Result result = operation.multi() ? new Result.ByField(answer.build()) : any(answer.build());
        return changed ? new Outcome(subject.write(Content.of(next.build()), Ttl.keep()), result) : Outcome.of(result);
    }

    private static Result any(Hash answer) {
        ValueSet<?, ?> counted =
                (ValueSet<?, ?>) answer.asMap().values().iterator().next();
        return counted == null || counted.isEmpty() ? Result.FALSE : Result.TRUE;
    }

    private static <S extends ValueSet<?, S>> S setIn(Subject subject, String field, Class<S> kind, S none) {
        if (!subject.hash().has(field)) {
            return none;
        }
        Object value = subject.hash().get(field);
        if (kind.isInstance(value)) {
            return kind.cast(value);
        }
        throw Refusal.wrongType(subject, field, value, kind.getSimpleName(), "SET-5");
    }
}
