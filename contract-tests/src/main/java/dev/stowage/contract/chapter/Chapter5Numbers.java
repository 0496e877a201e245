package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 5: numbers. {@link RacesOnFields} tests that they are atomic. */
final class Chapter5Numbers {

    @Property(
            clause = "INC-1",
            does = "increments a number by 1 and by amounts that are zero, negative, fractional and large; the"
                    + " result and the field are the sum, and no other field changes",
            lookAt = "an amount that is treated as absent, rounding, and the result: the value after the increment")
    void incrementAdds(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Number from = t.choose(0, 5, -3, 1.5, 1_000_000_000_000L);
        Object amount =
                t.choose("none", 1, 0, -1, -7, 0.5, -2.25, 0.1, 1_000_000, 2_147_483_648L, 2_000_000_000_000_000L);
        String key = t.key();
        client.createRecord(key, "n", from, "other", "x");
        BigDecimal sum = decimal(from).add(decimal(amount.equals("none") ? 1 : (Number) amount));
        if (amount.equals("none")) {
            client.increment(key, "n").hasResult(sum);
        } else {
            client.increment(key, "n", amount).hasResult(sum);
        }
        client.get(key).hasResult(SuiteValues.hash("n", sum, "other", "x"));
        client.increment(key, "n").hasResult(sum.add(BigDecimal.ONE));
        client.increment(key, "n", -1).hasResult(sum);
    }

    private static BigDecimal decimal(Number number) {
        BigDecimal decimal = SuiteValues.decimal(number);
        return decimal == null ? BigDecimal.ZERO : decimal;
    }

    @Property(
            clause = "INC-2",
            does = "increments a field of a missing record, and a missing field of a record; each is created"
                    + " with the amount",
            lookAt = "the initial value of a missing field, and whether zero is written")
    void missingIsCreated(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        boolean multi = t.choose(false, true);
        boolean there = t.choose(false, true);
        Object amount = t.choose("none", 5, 0, -2, 0.5);
        String key = t.key();
        if (there) {
            client.createRecord(key, "x", 1);
        }
        Object sum = amount.equals("none") ? (Object) 1 : amount;
        if (multi) {
            client.incrementMulti(key, "n", sum).hasResult(SuiteValues.hash("n", sum));
        } else if (amount.equals("none")) {
            client.increment(key, "n").hasResult(1);
        } else {
            client.increment(key, "n", amount).hasResult(sum);
        }
        client.get(key).hasResult(there ? SuiteValues.hash("x", 1, "n", sum) : SuiteValues.hash("n", sum));
        client.exists(key).hasResult(true);
    }

    @Property(
            clause = "INC-3",
            does = "increments a field of each other type, including a numeric string; it is refused as"
                    + " wrong_type and the record is unchanged",
            lookAt = "strings that are treated as numbers, and fields that are replaced")
    void notANumber(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Object value = t.choose(OperationCatalog.typesExcept("number").stream()
                .map(OperationCatalog::valueOf)
                .toList());
        boolean multi = t.choose(false, true);
        String key = t.key();
        client.createRecord(key, "n", value, "x", 1);
        if (multi) {
            client.incrementMulti(key, "n", 1).isRefusedWith("wrong_type");
        } else {
            client.increment(key, "n").isRefusedWith("wrong_type");
        }
        client.get(key).hasResult(SuiteValues.hash("n", value, "x", 1));
        String empty = t.key();
        client.createRecord(empty, "n", "", "f", false);
        client.increment(empty, "n").isRefusedWith("wrong_type");
        client.increment(empty, "f").isRefusedWith("wrong_type");
        client.get(empty).hasResult(SuiteValues.hash("n", "", "f", false));
    }

    @Property(
            clause = "INC-4",
            does = "increments several fields at once and returns each; with a wrong type among them, first,"
                    + " in the middle or last, no field is changed or created",
            lookAt = "fields that are written before the wrong type is found")
    void allOrNothing(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        int amount = t.draw(Generators.AMOUNT);
        String key = t.key();
        client.createRecord(key, "a", 1, "b", 2.5, "wrong", "5");
        client.incrementMulti(key, "a", amount, "b", -1, "new", 3)
                .hasResult(SuiteValues.hash("a", 1 + amount, "b", 1.5, "new", 3));
        Map<String, @Nullable Object> right = SuiteValues.hash("a", 1 + amount, "b", 1.5, "wrong", "5", "new", 3);
        client.get(key).hasResult(right);
        var refused = switch (t.choose("last", "first", "middle", "only with a new one")) {
            case "last" -> client.incrementMulti(key, "a", 1, "b", 1, "wrong", 1);
            case "first" -> client.incrementMulti(key, "wrong", 1, "a", 1, "b", 1);
            case "middle" -> client.incrementMulti(key, "a", 1, "wrong", 1, "newer", 1);
            default -> client.incrementMulti(key, "newer", 1, "wrong", 1);
        };
        refused.isRefusedWith("wrong_type");
        client.get(key).hasResult(right);
    }
}
