package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 5: numbers. That they are atomic is in {@link RacesOnFields}. */
final class Chapter5Numbers {

    @Property(
            clause = "INC-1",
            does =
                    "increments a number by 1 and by amounts that are zero, negative, fractional and large; the answer and the"
                            + " record are the sum, and no other field changes",
            lookAt = "an amount that is taken for absent, rounding, and what is answered: the value after it")
    void incrementAdds(Trial t) {
        Place place = t.inKeyValueStore();
        Number from = t.choose(0, 5, -3, 1.5, 1_000_000_000_000L);
        Object amount =
                t.choose("none", 1, 0, -1, -7, 0.5, -2.25, 0.1, 1_000_000, 2_147_483_648L, 2_000_000_000_000_000L);
        String key = t.key();
        place.given(key, "n", from, "other", "x");
        BigDecimal sum = decimal(from).add(decimal(amount.equals("none") ? 1 : (Number) amount));
        if (amount.equals("none")) {
            place.increment(key, "n").is(sum);
        } else {
            place.increment(key, "n", amount).is(sum);
        }
        place.get(key).is(Values.hash("n", sum, "other", "x"));
        place.increment(key, "n").is(sum.add(BigDecimal.ONE));
        place.increment(key, "n", -1).is(sum);
    }

    private static BigDecimal decimal(Number number) {
        BigDecimal decimal = Values.decimal(number);
        return decimal == null ? BigDecimal.ZERO : decimal;
    }

    @Property(
            clause = "INC-2",
            does =
                    "increments a field of a missing record, and a missing field of a record; each is made with the amount",
            lookAt = "what a missing field counts as, and whether zero is written, too")
    void missingIsCreated(Trial t) {
        Place place = t.inKeyValueStore();
        boolean multi = t.choose(false, true);
        boolean there = t.choose(false, true);
        Object amount = t.choose("none", 5, 0, -2, 0.5);
        String key = t.key();
        if (there) {
            place.given(key, "x", 1);
        }
        Object sum = amount.equals("none") ? (Object) 1 : amount;
        if (multi) {
            place.incrementMulti(key, "n", sum).is(Values.hash("n", sum));
        } else if (amount.equals("none")) {
            place.increment(key, "n").is(1);
        } else {
            place.increment(key, "n", amount).is(sum);
        }
        place.get(key).is(there ? Values.hash("x", 1, "n", sum) : Values.hash("n", sum));
        place.exists(key).is(true);
    }

    @Property(
            clause = "INC-3",
            does =
                    "increments a field of each other type, a numeric string among them; it is wrong_type and the record is as it"
                            + " was",
            lookAt = "strings that are taken for numbers, and fields that are replaced")
    void notANumber(Trial t) {
        Place place = t.inKeyValueStore();
        Object value =
                t.choose(Ops.typesBut("number").stream().map(Ops::valueOf).toList());
        boolean multi = t.choose(false, true);
        String key = t.key();
        place.given(key, "n", value, "x", 1);
        if (multi) {
            place.incrementMulti(key, "n", 1).isRefused("wrong_type");
        } else {
            place.increment(key, "n").isRefused("wrong_type");
        }
        place.get(key).is(Values.hash("n", value, "x", 1));
        String empty = t.key();
        place.given(empty, "n", "", "f", false);
        place.increment(empty, "n").isRefused("wrong_type");
        place.increment(empty, "f").isRefused("wrong_type");
        place.get(empty).is(Values.hash("n", "", "f", false));
    }

    @Property(
            clause = "INC-4",
            does =
                    "increments several fields at once and answers each; with one wrong among them, first, in the middle or"
                            + " last, none changes and none is made",
            lookAt = "fields that are written before the wrong one is found")
    void allOrNothing(Trial t) {
        Place place = t.inKeyValueStore();
        int amount = t.draw(Some.AMOUNT);
        String key = t.key();
        place.given(key, "a", 1, "b", 2.5, "wrong", "5");
        place.incrementMulti(key, "a", amount, "b", -1, "new", 3).is(Values.hash("a", 1 + amount, "b", 1.5, "new", 3));
        Map<String, @Nullable Object> right = Values.hash("a", 1 + amount, "b", 1.5, "wrong", "5", "new", 3);
        place.get(key).is(right);
        var refused = switch (t.choose("last", "first", "middle", "only with a new one")) {
            case "last" -> place.incrementMulti(key, "a", 1, "b", 1, "wrong", 1);
            case "first" -> place.incrementMulti(key, "wrong", 1, "a", 1, "b", 1);
            case "middle" -> place.incrementMulti(key, "a", 1, "wrong", 1, "newer", 1);
            default -> place.incrementMulti(key, "newer", 1, "wrong", 1);
        };
        refused.isRefused("wrong_type");
        place.get(key).is(right);
    }
}
