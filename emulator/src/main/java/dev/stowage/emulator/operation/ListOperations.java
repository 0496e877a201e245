package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.RecordContent;
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
    static Outcome insert(RecordView record, Operation.ListInsert insert) {
        Hash.Builder next = record.hash().toBuilder();
        for (Map.Entry<String, @Nullable Object> values :
                insert.values().asMap().entrySet()) {
            List<?> given = (List<?>) values.getValue();
            List<?> current = listIn(record, values.getKey());
            List<@Nullable Object> joined = new ArrayList<>();
            joined.addAll(insert.end() == End.FRONT ? given : current);
            joined.addAll(insert.end() == End.FRONT ? current : given);
            next.set(values.getKey(), joined);
        }
        return insert.values().isEmpty()
                ? Outcome.of(Result.NOTHING)
                : new Outcome(record.write(RecordContent.of(next.build()), Ttl.keep()), Result.NOTHING);
    }

    /** LIST-3 to LIST-7. */
    static Outcome take(RecordView record, Operation.ListTake take) {
        Hash.Builder next = record.hash().toBuilder();
        Hash.Builder taken = Hash.builder();
        boolean anyTaken = false;
        for (Map.Entry<String, Integer> entry : take.counts().entrySet()) {
            String field = entry.getKey();
            List<?> list = take.remove() || isList(record, field) ? listIn(record, field) : List.of();
            int count = Math.min(entry.getValue(), list.size());
            taken.set(field, list.subList(0, count));
            if (count > 0) {
                anyTaken = true;
                next.set(field, list.subList(count, list.size()));
            }
        }
        Result result = take.multi() ? new Result.ByField(taken.build()) : first(taken.build());
        return take.remove() && anyTaken
                ? new Outcome(record.write(RecordContent.of(next.build()), Ttl.keep()), result)
                : Outcome.of(result);
    }

    private static Result first(Hash taken) {
        List<?> list = (List<?>) taken.asMap().values().iterator().next();
        return list == null || list.isEmpty() ? Result.NOTHING : new Result.Value(list.get(0));
    }

    private static boolean isList(RecordView record, String field) {
        return record.hash().get(field) instanceof List;
    }

    /** Returns the list, or an empty list if the field does not exist. A null is not a list. */
    private static List<?> listIn(RecordView record, String field) {
        if (!record.hash().has(field)) {
            return List.of();
        }
        if (record.hash().get(field) instanceof List<?> list) {
            return list;
        }
        throw Refusals.wrongType(record, field, record.hash().get(field), "list", "LIST-6");
    }
}
