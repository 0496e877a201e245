package dev.stowage.contract.run;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.clause.Clause;
import dev.stowage.contract.clause.Clauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of a run.
 *
 * @param abortReason why the run was aborted; empty if it was completed
 * @param notImplemented the operations that the backend does not implement
 * @param shellAccess how the shell commands of a counterexample access the backend
 * @param cutShort true if the time was over before all tries were made
 */
public record SuiteResult(
        String backend,
        SuiteOptions options,
        List<PropertyResult> results,
        Map<String, Long> distribution,
        long calls,
        Duration took,
        String abortReason,
        boolean cutShort,
        List<String> notImplemented,
        ShellAccess shellAccess) {

    /** A clause for which fewer tries were made than planned. */
    public record Untried(String clause, long made, long planned) {

        /** {@code TTL-2 (3 of 30 tries)}. */
        @Override
        public String toString() {
            return clause + " (" + tries() + ")";
        }

        public String tries() {
            return made + " of " + planned + " tries";
        }
    }

    /** The clauses that were not tried as often as planned, in the contract's order. */
    public List<Untried> untried() {
        List<Untried> untried = new ArrayList<>();
        for (Clause clause : Clauses.all()) {
            List<PropertyResult> own = results.stream()
                    .filter(result -> result.property().clause().equals(clause.id()))
                    .toList();
            if (own.stream().anyMatch(result -> result.untried() > 0)) {
                long made = own.stream().mapToLong(PropertyResult::tries).sum();
                long left = own.stream().mapToLong(PropertyResult::untried).sum();
                untried.add(new Untried(clause.id(), made, made + left));
            }
        }
        return untried;
    }

    /** What was not tried because the time was over, in a sentence; empty if the run was not cut short. */
    public String cutShortMessage() {
        if (!cutShort) {
            return "";
        }
        List<Untried> untried = untried();
        long left =
                untried.stream().mapToLong(one -> one.planned() - one.made()).sum();
        long planned = results.stream()
                .mapToLong(result -> Math.max(result.tries(), result.planned()))
                .sum();
        return String.format(
                Locale.ROOT,
                "The time limit of %d s was reached: %,d of %,d planned tries were not made, in these clauses: %s.",
                options.budget().toSeconds(),
                left,
                planned,
                untried.stream().map(Untried::toString).collect(Collectors.joining(", ")));
    }

    /** A clause with its verdict, the reason if it was not checkable, and its findings, the clearest first. */
    public record ClauseResult(Clause clause, Verdict verdict, String because, List<Finding> findings) {}

    /** The result of every selected clause, in the contract's order. */
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
                clause, Verdict.NOT_CHECKABLE, because.isEmpty() ? "no property tests it" : because, findings);
    }

    /** The number of clauses by verdict. */
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

    /** The ids of the broken clauses. */
    public List<String> broken() {
        return clauses().stream()
                .filter(clause -> clause.verdict() == Verdict.BROKEN)
                .map(clause -> clause.clause().id())
                .toList();
    }

    /** The exit status: 2 if the run was aborted, 1 if a clause is broken or an operation is not implemented, else 0. */
    public int exitCode() {
        return !abortReason.isEmpty() ? 2 : broken().isEmpty() && notImplemented.isEmpty() ? 0 : 1;
    }
}
