package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Content;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Operation.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 6: lists. */
final class ListOperations {

    private ListOperations() {}

    /** LIST-1, LIST-2, LIST-6. */
    static Outcome insert(Subject subject, Operation.ListInsert insert) {
        Hash.Builder next = subject.hash().toBuilder();
        for (Map.Entry<String, @Nullable Object> values :
                insert.values().asMap().entrySet()) {
            List<?> given = (List<?>) values.getValue();
            List<?> current = listIn(subject, values.getKey());
            List<@Nullable Object> joined = new ArrayList<>();
            joined.addAll(insert.end() == End.FRONT ? given : current);
            joined.addAll(insert.end() == End.FRONT ? current : given);
            next.set(values.getKey(), joined);
        }
        return insert.values().isEmpty()
                ? Outcome.of(Result.NOTHING)
                : new Outcome(subject.write(Content.of(next.build()), Ttl.keep()), Result.NOTHING);
    }

    /** LIST-3 to LIST-7. */
    static Outcome take(Subject subject, Operation.ListTake take) {
        Hash.Builder next = subject.hash().toBuilder();
        Hash.Builder taken = Hash.builder();
        boolean anyTaken = false;
        for (Map.Entry<String, Integer> count : take.counts().entrySet()) {
            String field = count.getKey();
            List<?> list = take.remove() || isList(subject, field) ? listIn(subject, field) : List.of();
            int some = Math.min(count.getValue(), list.size());
            taken.set(field, list.subList(0, some));
            if (some > 0) {
                anyTaken = true;
                next.set(field, list.subList(some, list.size()));
            }
        }
        Result result = take.multi() ? new Result.ByField(taken.build()) : first(taken.build());
        return take.remove() && anyTaken
                ? new Outcome(subject.write(Content.of(next.build()), Ttl.keep()), result)
                : Outcome.of(result);
    }

    private static Result first(Hash taken) {
        List<?> list = (List<?>) taken.asMap().values().iterator().next();
        return list == null || list.isEmpty() ? Result.NOTHING : new Result.Value(list.get(0));
    }

    private static boolean isList(Subject subject, String field) {
        return subject.hash().get(field) instanceof List;
    }

    /** The list, empty where there is none yet; a null in its place is no list. */
    private static List<?> listIn(Subject subject, String field) {
        if (!subject.hash().has(field)) {
            return List.of();
        }
        if (subject.hash().get(field) instanceof List<?> list) {
            return list;
        }
        throw Refusal.wrongType(subject, field, subject.hash().get(field), "list", "LIST-6");
    }
}
