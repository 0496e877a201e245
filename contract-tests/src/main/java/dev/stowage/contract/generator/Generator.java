package dev.stowage.contract.generator;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where random values of a kind come from, and how they get smaller: one of jqwik's arbitraries, and the only type that knows it. */
public final class Generator<T> {

    /** How many values jqwik expects to make; it balances edge cases by it. */
    private static final int GENSIZE = 500;

    private final Arbitrary<T> arbitrary;
    private volatile @Nullable RandomGenerator<T> randomGenerator;

    Generator(Arbitrary<T> arbitrary) {
        this.arbitrary = arbitrary;
    }

    /** One of these; the first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Generator<T> of(T... values) {
        return new Generator<>(Arbitraries.of(Arrays.asList(values)));
    }

    /** One of these; the first is the simplest. */
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

    /** Made once: several threads may make it at once, and then use any of them. */
    RandomGenerator<T> randomGenerator() {
        RandomGenerator<T> made = randomGenerator;
        if (made == null) {
            made = arbitrary.generator(GENSIZE, true);
            randomGenerator = made;
        }
        return made;
    }
}
