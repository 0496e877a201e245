package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.clause.Clause;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the suite itself: every broken store fails the clause that it breaks, and a correct one fails none. */
class BrokenStoresAreFoundTest {

    /** The number of seeds for each broken store: {@code -Dcontract.seeds=20}. Default: 1. */
    private static final int SEEDS = Integer.getInteger("contract.seeds", 1);

    private static final int FEW = 5;

    /** The number of calls of each counterexample. */
    private static final List<Long> CALLS = Collections.synchronizedList(new ArrayList<>());

    static SuiteResult run(Flaw flaw, boolean strict, long seed, int tries, Predicate<String> clauses) {
        return run(new MinimalUnderTest(flaw, strict), seed, tries, clauses);
    }

    static SuiteResult run(MinimalUnderTest backend, long seed, int tries, Predicate<String> clauses) {
        SuiteOptions options = SuiteOptions.of(seed, tries).with(clauses);
        return Suite.run(backend, Chapters.properties(), options, ProgressListener.SILENT);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyBrokenStoreIsCaught() {
        return BrokenStores.all().stream()
                .map(store -> DynamicTest.dynamicTest(
                        store.toString(),
                        () -> IntStream.rangeClosed(1, SEEDS).forEach(seed -> CALLS.add(caught(store, seed)))));
    }

    @AfterAll
    static void nineCounterexamplesInTenHaveAtMostFiveCalls() {
        List<Long> few = CALLS.stream().filter(some -> some <= FEW).toList();
        assertThat(few).as("of %s", CALLS).hasSizeGreaterThanOrEqualTo(CALLS.size() * 9 / 10);
    }

    /** The number of calls in the clearest counterexample. */
    private static long caught(BrokenStore store, long seed) {
        SuiteResult suiteResult = run(
                new MinimalUnderTest(store.flaw(), true, true),
                seed,
                SuiteOptions.DEFAULT_TRIES,
                store.clause()::equals);
        List<Finding> findings = suiteResult.clauses().stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.clause().equals(store.clause()))
                .toList();
        assertThat(findings).as("seed %s", seed).isNotEmpty();
        assertThat(findings.get(0).message()).startsWith(store.clause() + " is broken: ");
        assertThat(suiteResult.exitCode()).isEqualTo(1);
        return findings.get(0).calls();
    }

    @Test
    @DisplayName("a correct store breaks no clause, including the E clauses")
    void aRightStore() {
        SuiteResult suiteResult = run(new MinimalUnderTest(Flaw.NONE, true, true), 1, 12, clause -> true);
        assertThat(suiteResult.results().stream()
                        .flatMap(result -> result.findings().stream())
                        .map(Finding::message))
                .isEmpty();
        assertThat(suiteResult.exitCode()).isZero();
    }

    @Test
    @DisplayName("a store that differs only in an E clause breaks no binding clause")
    void decidedOtherwise() {
        for (BrokenStore other : BrokenStores.all()) {
            if (Clauses.of(other.clause()).origin().name().equals("E")) {
                SuiteResult suiteResult = run(other.flaw(), false, 1, 1, clause -> true);
                assertThat(suiteResult.broken()).as(other.toString()).isEmpty();
                assertThat(suiteResult.exitCode()).as(other.toString()).isZero();
            }
        }
    }

    @Test
    void everyClauseHasABrokenStore() {
        List<String> broken =
                BrokenStores.all().stream().map(BrokenStore::clause).distinct().toList();
        assertThat(broken)
                .containsExactlyInAnyOrderElementsOf(
                        Clauses.all().stream().map(Clause::id).collect(Collectors.toList()));
    }

    @Test
    void everyClauseHasAProperty() {
        assertThat(Chapters.properties().stream()
                        .map(property -> property.clause())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Clauses.all().stream().map(Clause::id).collect(Collectors.toList()));
    }
}
