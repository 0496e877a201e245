package dev.stowage.contract.run;

import dev.stowage.contract.clause.Clause;
import dev.stowage.contract.clause.Clauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run has learnt.
 *
 * @param abortReason why it had to be given up; empty where it came to its end
 * @param cutShort true where the time was over before all tries were made
 */
public record SuiteResult(
        String backend,
        SuiteOptions options,
        List<PropertyResult> results,
        Map<String, Long> distribution,
        long calls,
        Duration took,
        String abortReason,
        boolean cutShort) {

    /** A clause with its verdict, the reason of a missing one, and what was found, the clearest first. */
    public record ClauseResult(Clause clause, Verdict verdict, String because, List<Finding> findings) {}

    /** Every clause that was asked for, in the contract's order. */
    public List<ClauseResult> clauses() {
        List<ClauseResult> all = new ArrayList<>();
        for (Clause clause : Clauses.all()) {
            if (options.clauses().test(clause.id())) {
                all.add(clause(clause));
            }
        }
        return all;
    }

    private ClauseResult clause(Clause clause) {
        List<Finding> findings = results.stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.clause().equals(clause.id()))
                .sorted(Finding.CLEAREST_FIRST)
                .toList();
        List<PropertyResult> own = results.stream()
                .filter(result -> result.property().clause().equals(clause.id()))
                .toList();
        if (findings.stream().anyMatch(Finding::binding)) {
            return new ClauseResult(clause, Verdict.BROKEN, "", findings);
        }
        if (!findings.isEmpty()) {
            return new ClauseResult(clause, Verdict.ADVISORY, "", findings);
        }
        if (own.stream().anyMatch(result -> result.verdict() != Verdict.NOT_CHECKABLE)) {
            return new ClauseResult(clause, Verdict.HELD, "", findings);
        }
        String because = own.stream().map(PropertyResult::because).distinct().collect(Collectors.joining("; "));
        return new ClauseResult(
                clause, Verdict.NOT_CHECKABLE, because.isEmpty() ? "it was not reached" : because, findings);
    }

    /** How many clauses have which verdict. */
    public Map<Verdict, Long> counts() {
        Map<Verdict, Long> counts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            counts.put(
                    verdict,
                    clauses().stream()
                            .filter(clause -> clause.verdict() == verdict)
                            .count());
        }
        return counts;
    }

    /** The ids of the clauses that are broken. */
    public List<String> broken() {
        return clauses().stream()
                .filter(clause -> clause.verdict() == Verdict.BROKEN)
                .map(clause -> clause.clause().id())
                .toList();
    }

    /** The status for a shell: 2 where the run was given up, 1 where a clause is broken, else 0. */
    public int exitCode() {
        return !abortReason.isEmpty() ? 2 : broken().isEmpty() ? 0 : 1;
    }
}
