package dev.stowage.contract.run;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a run is to be.
 *
 * @param tries how often a property is tried; one with more combinations of choices is tried for each of them
 * @param budget how long all tries together may take before what is left is cut short; every property is tried once in any case
 * @param clauses which clauses, by id
 * @param failFast end at the first clause that is broken
 */
public record SuiteOptions(long seed, int tries, Duration budget, Predicate<String> clauses, boolean failFast) {

    public static final int DEFAULT_TRIES = 40;
    private static final long BUDGET_MILLIS_PER_TRY = 1_250;

    /** All clauses, in the time that so many tries may take. */
    public static SuiteOptions of(long seed, int tries) {
        return new SuiteOptions(
                seed, tries, Duration.ofMillis(Math.max(20_000, BUDGET_MILLIS_PER_TRY * tries)), clause -> true, false);
    }

    public SuiteOptions with(Predicate<String> onlyClauses) {
        return new SuiteOptions(seed, tries, budget, onlyClauses, failFast);
    }

    public SuiteOptions failingFast(boolean fast) {
        return new SuiteOptions(seed, tries, budget, clauses, fast);
    }

    /** Clauses by a pattern in which {@code *} is anything, or by several with commas between: {@code TTL-*,LIN-1}. */
    public static Predicate<String> clausePattern(String pattern) {
        String regex = java.util.Arrays.stream(pattern.split(",", -1))
                .map(part -> java.util.regex.Pattern.quote(part.strip()).replace("*", "\\E.*\\Q"))
                .collect(java.util.stream.Collectors.joining("|"));
        return java.util.regex.Pattern.compile(regex).asMatchPredicate();
    }
}
