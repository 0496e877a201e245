package dev.stowage.contract.report;

import dev.stowage.contract.run.Finding;
import java.util.List;

/** The calls that show a finding, as lines to paste. */
public final class Counterexample {

    private Counterexample() {}

    /** For a shell in which {@code URL} and the keys are set. */
    public static List<String> curl(Finding finding) {
        return CurlCommands.of(finding.steps());
    }

    /** For Java, with a {@code storage}. */
    public static List<String> java(Finding finding) {
        return JavaStatements.of(finding.steps());
    }

    /** One line for what shows a clause less clearly than another finding. */
    static String alsoFoundBy(Finding finding) {
        return "also found by " + finding.property() + ", in " + finding.calls()
                + (finding.calls() == 1 ? " call" : " calls") + (finding.reproducible() ? "" : ", now and then");
    }
}
