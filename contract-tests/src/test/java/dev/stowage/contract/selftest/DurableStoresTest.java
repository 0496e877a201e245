package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.SuiteResult.ClauseResult;
import dev.stowage.contract.run.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 12: which stores are accused, and when its clauses are binding. */
class DurableStoresTest {

    private static final int SEEDS = Integer.getInteger("contract.seeds", 3);

    private static SuiteResult run(Flaw flaw, boolean strict, boolean durable, long seed, String clauses) {
        return BrokenStoresAreFoundTest.run(
                new MinimalUnderTest(flaw, strict, durable), seed, 40, clause -> clause.matches(clauses));
    }

    private static List<String> messages(SuiteResult result) {
        return result.results().stream()
                .flatMap(one -> one.findings().stream())
                .map(Finding::message)
                .toList();
    }

    @Test
    void storeThatLosesCallsInProgressIsNotAccused() {
        Flaw loses = new Flaw() {
            @Override
            boolean losesCallsInProgress() {
                return true;
            }
        };
        for (int seed = 1; seed <= SEEDS; seed++) {
            SuiteResult result = run(loses, true, true, seed, "DUR-[1235]");
            assertThat(messages(result)).as("seed %s", seed).isEmpty();
            assertThat(result.clauses()).extracting(ClauseResult::verdict).containsOnly(Verdict.HELD);
        }
    }

    @Test
    void storeThatKeepsCallsInProgressIsNotAccused() {
        Flaw keeps = new Flaw() {
            @Override
            boolean keepsCallsInProgress() {
                return true;
            }
        };
        for (int seed = 1; seed <= SEEDS; seed++) {
            SuiteResult result = run(keeps, true, true, seed, "DUR-[1235]");
            assertThat(messages(result)).as("seed %s", seed).isEmpty();
            assertThat(result.clauses()).extracting(ClauseResult::verdict).containsOnly(Verdict.HELD);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheDeclarationTheClausesAreNotCheckableAndTheRunSucceeds(boolean strict) {
        SuiteResult result = run(Flaw.NONE, strict, false, 1, "DUR-.*|PUT-1");
        assertThat(result.exitCode()).isZero();
        assertThat(result.counts()).containsEntry(Verdict.HELD, 1L).containsEntry(Verdict.NOT_CHECKABLE, 5L);
        assertThat(result.clauses().get(1).because()).contains("not declared that its state lasts", "--restart");
    }

    @Test
    void withTheDeclarationTheClausesAreBindingForAForeignBackend() {
        Flaw forgets = new Flaw() {
            @Override
            boolean isDurable(Call call) {
                return false;
            }
        };
        SuiteResult result = run(forgets, false, true, 1, "DUR-1");
        assertThat(result.broken()).containsExactly("DUR-1");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void answeredWritesThatAreLostUnderLoadBreakTheFirstClause() {
        Flaw forgets = new Flaw() {
            @Override
            int writesBehind() {
                return 8;
            }
        };
        SuiteResult result = run(forgets, true, true, 1, "DUR-2");
        // A record that is missing while its install is being erased may be half an uninstall as well.
        assertThat(result.results().stream()
                        .filter(one -> one.property().name().equals("DUR-2 killedUnderLoad"))
                        .flatMap(one -> one.findings().stream())
                        .map(Finding::message))
                .isNotEmpty()
                .allMatch(message -> message.startsWith("DUR-1 is broken: "));
    }

    private static SuiteResult disturbed(Flaw flaw, long seed) {
        return BrokenStoresAreFoundTest.run(
                new MinimalUnderTest(flaw, false).disturbed(), seed, 40, clause -> clause.startsWith("DUR-"));
    }

    @Test
    void storeThatSurvivesDisturbancesIsNotAccused() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            SuiteResult result = disturbed(Flaw.NONE, seed);
            assertThat(messages(result)).as("seed %s", seed).isEmpty();
            assertThat(result.counts()).containsEntry(Verdict.HELD, 1L).containsEntry(Verdict.NOT_CHECKABLE, 4L);
        }
    }

    @Test
    void answeredWritesThatADisturbanceTakesBackAreFoundWithoutARestart() {
        Flaw forgets = new Flaw() {
            @Override
            int writesBehind() {
                return 8;
            }
        };
        for (int seed = 1; seed <= SEEDS; seed++) {
            SuiteResult result = disturbed(forgets, seed);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(messages(result))
                    .as("seed %s", seed)
                    .isNotEmpty()
                    .allMatch(message -> message.matches("(DUR-1|DUR-2|LIN-1) is broken: .*"));
            assertThat(result.results().stream()
                            .flatMap(one -> one.findings().stream())
                            .flatMap(finding -> finding.steps().stream())
                            .map(Object::toString))
                    .anyMatch(step -> step.contains("a part of the service is disturbed"));
        }
    }

    @Test
    void retryThatHappensTwiceIsFound() {
        Flaw twice = new Flaw() {
            @Override
            boolean repeatsLostCalls() {
                return true;
            }
        };
        SuiteResult result = disturbed(twice, 1);
        assertThat(result.broken()).isNotEmpty();
    }
}
