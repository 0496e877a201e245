package dev.stowage.contract.run;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * The options of a run.
 *
 * @param tries how often a property is tried; a property with more combinations of choices is tried once for each
 * @param budget how long all tries may take; after that only essential tries are made
 * @param clauses which clauses to test, by id
 * @param failFast true to stop at the first broken clause
 */
public record SuiteOptions(long seed, int tries, Duration budget, Predicate<String> clauses, boolean failFast) {

    public static final int DEFAULT_TRIES = 40;
    private static final long BUDGET_MILLIS_PER_TRY = 1_250;

    /** All clauses, with a budget of 1.25 s for each try, at least 20 s. */
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

    /** Matches clause ids by patterns separated by commas, in which {@code *} matches anything: {@code TTL-*,LIN-1}. */
    public static Predicate<String> clausePattern(String pattern) {
        String regex = java.util.Arrays.stream(pattern.split(",", -1))
                .map(part -> java.util.regex.Pattern.quote(part.strip()).replace("*", "\\E.*\\Q"))
                .collect(java.util.stream.Collectors.joining("|"));
        return java.util.regex.Pattern.compile(regex).asMatchPredicate();
    }

    /** @param limit how long the run may take */
    public SuiteOptions within(Duration limit) {
        return new SuiteOptions(seed, tries, limit, clauses, failFast);
    }
}
