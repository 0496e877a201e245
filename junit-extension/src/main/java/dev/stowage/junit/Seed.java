package dev.stowage.junit;

import java.util.SplittableRandom;

/**
 * A number for whatever a test draws at random, {@code faults.chaos(seed.value(), …)} for instance. Another one for each run;
 * a failed test reports it, and with the configuration parameter {@code stowage.seed} it is that one again.
 */
public record Seed(long value) {

    static Seed drawn() {
        return new Seed(new SplittableRandom().nextLong());
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
