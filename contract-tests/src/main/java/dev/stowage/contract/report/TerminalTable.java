package dev.stowage.contract.report;

import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An outcome for a terminal: a table of clauses, then each one that is broken with the calls that show it. */
public final class TerminalTable {

    private static final int TEXT = 66;

    private TerminalTable() {}

    public static void print(SuiteResult suiteResult, PrintWriter out) {
        out.println();
        String chapter = "";
        for (SuiteResult.ClauseResult result : suiteResult.clauses()) {
            if (!result.clause().chapter().equals(chapter)) {
                chapter = result.clause().chapter();
                out.println(chapter);
            }
            String words = result.verdict() == Verdict.NOT_CHECKABLE
                    ? "because " + result.because()
                    : result.clause().text();
            out.println(String.format(
                    Locale.ROOT,
                    "  %-9s %s  %-13s  %s",
                    result.clause().id(),
                    result.clause().origin(),
                    result.verdict() == Verdict.BROKEN
                            ? "BROKEN"
                            : result.verdict().toString(),
                    words.length() <= TEXT ? words : words.substring(0, TEXT) + "…"));
        }
        out.println();
        for (SuiteResult.ClauseResult result : suiteResult.clauses()) {
            result.findings().stream().limit(1).forEach(finding -> print(finding, out));
            result.findings().stream()
                    .skip(1)
                    .forEach(finding -> out.println("  " + Counterexample.alsoFoundBy(finding)));
            if (!result.findings().isEmpty()) {
                out.println();
            }
        }
        for (Map.Entry<Verdict, Long> count : suiteResult.counts().entrySet()) {
            out.print(count.getValue() + " " + count.getKey() + (count.getKey() == Verdict.NOT_CHECKABLE ? "" : ", "));
        }
        out.println(String.format(
                Locale.ROOT,
                "; %,d calls in %.1f s, seed %d%s",
                suiteResult.calls(),
                suiteResult.took().toMillis() / 1000.0,
                suiteResult.options().seed(),
                suiteResult.cutShort() ? "; cut short by the time" : ""));
        distribution(suiteResult, out);
        if (!suiteResult.abortReason().isEmpty()) {
            out.println("COULD NOT GO ON: " + suiteResult.abortReason());
        } else if (!suiteResult.broken().isEmpty()) {
            out.println("BROKEN: " + String.join(" ", suiteResult.broken()));
        } else {
            out.println("Every clause that counts, and could be checked, held.");
        }
        out.flush();
    }

    private static void print(Finding finding, PrintWriter out) {
        List<String> lines = CurlCommands.of(finding.steps());
        out.println(
                finding.binding() ? finding.message() : finding.message().replaceFirst(" is broken", " is otherwise"));
        out.println("  found by " + finding.property() + (finding.reproducible() ? "" : "; it shows now and then"));
        lines.forEach(line -> out.println("    " + line));
    }

    /** Answers by code, so that a run in which all was refused, or nothing was, shows. */
    private static void distribution(SuiteResult suiteResult, PrintWriter out) {
        StringBuilder line = new StringBuilder("answers:");
        suiteResult.distribution().forEach((what, count) -> {
            if (what.startsWith("answer ") || what.startsWith("history: ")) {
                line.append(' ')
                        .append(what.replace("answer ", ""))
                        .append(' ')
                        .append(count)
                        .append(',');
            }
        });
        out.println(line.substring(0, line.length() - 1));
    }
}
