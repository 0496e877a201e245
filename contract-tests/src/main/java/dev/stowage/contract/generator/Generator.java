package dev.stowage.contract.generator;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Generates and shrinks random values. Wraps a jqwik arbitrary; no other type depends on jqwik's. */
public final class Generator<T> {

    /** The number of values that jqwik expects to generate; it determines the share of edge cases. */
    private static final int GENSIZE = 500;

    private final Arbitrary<T> arbitrary;
    private volatile @Nullable RandomGenerator<T> randomGenerator;

    Generator(Arbitrary<T> arbitrary) {
        this.arbitrary = arbitrary;
    }

    /** One of these values; the first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Generator<T> of(T... values) {
        return new Generator<>(Arbitraries.of(Arrays.asList(values)));
    }

    /** One of these values; the first is the simplest. */
    public static <T> Generator<T> of(List<T> values) {
        return new Generator<>(Arbitraries.of(values));
    }

    public static Generator<Integer> integers(int least, int most) {
        return new Generator<>(Arbitraries.integers().between(least, most));
    }

    public <U> Generator<U> map(Function<T, U> function) {
        return new Generator<>(arbitrary.map(function));
    }

    Arbitrary<T> arbitrary() {
        return arbitrary;
    }

    /** Created once. If several threads create one at the same time, any of them may be used. */
    RandomGenerator<T> randomGenerator() {
        RandomGenerator<T> made = randomGenerator;
        if (made == null) {
            made = arbitrary.generator(GENSIZE, true);
            randomGenerator = made;
        }
        return made;
    }
}
