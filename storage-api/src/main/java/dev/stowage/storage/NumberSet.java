package dev.stowage.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of numbers, in ascending order. Numbers are equal by value: 1, 1.0 and 1e0 are one member, −0 is 0
 * (VAL-6). NaN and infinities are refused with {@link ErrorCode#INVALID_VALUE}.
 */
public final class NumberSet extends ValueSet<Double, NumberSet> {

    private NumberSet(Collection<Double> members) {
        super(members, Comparator.naturalOrder());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static NumberSet fromJson(Map<String, @Nullable Object> object) {
        return TaggedJson.toNumberSet(object);
    }

    @JsonValue
    Map<String, List<?>> toJson() {
        return Map.of(
                TaggedJson.NUMBER_SET,
                members().stream().map(ValueRules::canonical).toList());
    }

    @Override
    NumberSet withMembers(Collection<Double> members) {
        return new NumberSet(members);
    }

    /** A set of the numbers; duplicates count once. */
    public static NumberSet of(double... members) {
        return from(Arrays.stream(members).boxed().toList());
    }

    /** A set of the numbers; duplicates count once. */
    public static NumberSet from(Collection<? extends Number> members) {
        return new NumberSet(members.stream()
                .map(member -> ValueRules.toCanonicalNumber(member).doubleValue())
                .toList());
    }

    /** True if the number is a member. */
    @Override
    public boolean contains(Double value) {
        return super.contains(value + 0.0d);
    }
}
