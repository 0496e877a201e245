package dev.stowage.contract.model;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SuiteValues;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 5. */
final class ReferenceNumbers {

    private ReferenceNumbers() {}

    /** INC-1 to INC-4. */
    static ExpectedResponse increment(RecordState before, Call call) {
        Map<String, @Nullable Object> amounts = call.isMulti()
                ? ReferenceModel.hash(call.argument("amounts"))
                : SuiteValues.hash(call.argument("field"), call.has("amount") ? call.argument("amount") : (Object) 1);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(before.hash());
        Map<String, @Nullable Object> sums = new LinkedHashMap<>();
        boolean created = false;
        boolean wrong = false;
        for (Map.Entry<String, @Nullable Object> amount : amounts.entrySet()) {
            Object held = ReferenceModel.field(before, amount.getKey());
            created |= held == null;
            wrong |= held != null && !(held instanceof Number);
            BigDecimal sum = decimal(held).add(decimal(amount.getValue()));
            sums.put(amount.getKey(), sum);
            fields.put(amount.getKey(), sum);
        }
        if (wrong) {
            return ReferenceModel.refused(before, call.isMulti() && amounts.size() > 1 ? "INC-4" : "INC-3");
        }
        Object result = call.isMulti() ? sums : sums.values().iterator().next();
        String clause = call.isMulti() ? "INC-4" : created ? "INC-2" : "INC-1";
        return new ExpectedResponse(
                RecordState.of(fields),
                ReferenceModel.hasResult(result),
                SuiteValues.abbreviated(result),
                clause,
                clause);
    }

    private static BigDecimal decimal(@Nullable Object value) {
        BigDecimal decimal = value instanceof Number number ? SuiteValues.decimal(number) : null;
        return decimal == null ? BigDecimal.ZERO : decimal;
    }
}
