package dev.stowage.emulator.operation;

import dev.stowage.emulator.record.Content;
import dev.stowage.storage.Hash;
import dev.stowage.storage.operation.Operation;
import java.util.Map;

/** Chapter 5: counters. */
final class NumberOperations {

    private NumberOperations() {}

    /** INC-1 to INC-4: all fields or none. */
    static Outcome increment(Subject subject, Operation.Increment increment) {
        Hash.Builder next = subject.hash().toBuilder();
        Hash.Builder after = Hash.builder();
        for (Map.Entry<String, Double> amount : increment.amounts().entrySet()) {
            double sum = numberIn(subject, amount.getKey()) + amount.getValue();
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
        return new Outcome(subject.write(Content.of(next.build()), increment.ttl()), result);
    }

    private static double numberIn(Subject subject, String field) {
        if (!subject.hash().has(field)) {
            return 0;
        }
        Object value = subject.hash().get(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw Refusal.wrongType(subject, field, value, "number", "INC-3");
    }
}
