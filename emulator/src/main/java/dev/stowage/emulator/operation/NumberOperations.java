package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.RecordContent;
import dev.stowage.storage.Hash;
import dev.stowage.storage.operation.Operation;
import java.util.Map;

/** Chapter 5: numbers. */
final class NumberOperations {

    private NumberOperations() {}

    /** INC-1 to INC-4: all fields change or none. */
    static Outcome increment(RecordView record, Operation.Increment increment) {
        Hash.Builder next = record.hash().toBuilder();
        Hash.Builder after = Hash.builder();
        for (Map.Entry<String, Double> amount : increment.amounts().entrySet()) {
            double sum = numberIn(record, amount.getKey()) + amount.getValue();
            next.set(amount.getKey(), sum);
            after.set(amount.getKey(), sum);
        }
        Hash sums = after.build();
        if (sums.isEmpty()) {
            return Outcome.of(new Result.ByField(sums));
        }
        Result result = increment.multi()
                ? new Result.ByField(sums)
                : new Result.Value(sums.asMap().values().iterator().next());
        return new Outcome(record.write(RecordContent.of(next.build()), increment.ttl()), result);
    }

    private static double numberIn(RecordView record, String field) {
        if (!record.hash().has(field)) {
            return 0;
        }
        Object value = record.hash().get(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw Refusals.wrongType(record, field, value, "number", "INC-3");
    }
}
