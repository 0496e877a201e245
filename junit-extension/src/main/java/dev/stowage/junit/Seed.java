package dev.stowage.junit;

import java.util.SplittableRandom;

/**
 * A random seed for a test, for example for {@code faults.chaos(seed.value(), …)}. It differs in each run. A failed test reports
 * it, and the configuration parameter {@code stowage.seed} sets it.
 */
public record Seed(long value) {

    static Seed random() {
        return new Seed(new SplittableRandom().nextLong());
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
