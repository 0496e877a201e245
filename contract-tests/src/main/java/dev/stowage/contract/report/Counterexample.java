package dev.stowage.contract.report;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.run.Finding;
import java.util.List;

/** The calls that show a finding, as commands or code to paste. */
public final class Counterexample {

    private Counterexample() {}

    /** Shell commands that access a backend in this way. */
    public static List<String> curl(Finding finding, ShellAccess access) {
        return CurlCommands.of(finding.steps(), access);
    }

    /** Statements of the Java API for a variable {@code storage}. */
    public static List<String> java(Finding finding) {
        return JavaStatements.of(finding.steps());
    }

    /** One line for a finding that shows a violation less clearly than another one. */
    static String alsoFoundBy(Finding finding) {
        return "also found by " + finding.property() + ", in " + finding.calls()
                + (finding.calls() == 1 ? " call" : " calls") + (finding.reproducible() ? "" : ", intermittently");
    }
}
