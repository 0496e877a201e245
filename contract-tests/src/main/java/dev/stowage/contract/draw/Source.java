package dev.stowage.contract.draw;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where random values of a kind come from, and how they get smaller: one of jqwik's arbitraries, and the only type that knows it. */
public final class Source<T> {

    /** How many values jqwik expects to make; it balances edge cases by it. */
    private static final int GENSIZE = 500;

    private final Arbitrary<T> arbitrary;
    private volatile @Nullable RandomGenerator<T> generator;

    Source(Arbitrary<T> arbitrary) {
        this.arbitrary = arbitrary;
    }

    /** One of these; the first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Source<T> of(T... values) {
        return new Source<>(Arbitraries.of(Arrays.asList(values)));
    }

    /** One of these; the first is the simplest. */
    public static <T> Source<T> of(List<T> values) {
        return new Source<>(Arbitraries.of(values));
    }

    public static Source<Integer> integers(int least, int most) {
        return new Source<>(Arbitraries.integers().between(least, most));
    }

    public <U> Source<U> map(Function<T, U> function) {
        return new Source<>(arbitrary.map(function));
    }

    Arbitrary<T> arbitrary() {
        return arbitrary;
    }

    /** Made once: several threads may make it at once, and then use any of them. */
    RandomGenerator<T> generator() {
        RandomGenerator<T> made = generator;
        if (made == null) {
            made = arbitrary.generator(GENSIZE, true);
            generator = made;
        }
        return made;
    }
}
