package dev.stowage.contract.report;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a result on a terminal: a table of clauses, then each broken one with the calls that show it. */
public final class TerminalTable {

    private static final int TEXT = 66;

    private TerminalTable() {}

    public static void print(SuiteResult suiteResult, PrintWriter out) {
        out.println();
        legend(out);
        String chapter = "";
        Map<String, String> untried = new HashMap<>();
        if (suiteResult.cutShort()) {
            suiteResult.untried().forEach(one -> untried.put(one.clause(), "[" + one.tries() + "] "));
        }
        for (SuiteResult.ClauseResult result : suiteResult.clauses()) {
            if (!result.clause().chapter().equals(chapter)) {
                chapter = result.clause().chapter();
                out.println(chapter);
            }
            String words = result.verdict() == Verdict.NOT_CHECKABLE
                    ? "because " + result.because()
                    : untried.getOrDefault(result.clause().id(), "")
                            + result.clause().text();
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
            result.findings().stream().limit(1).forEach(finding -> print(finding, suiteResult.shellAccess(), out));
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
                suiteResult.cutShort() ? "; cut short by the time limit" : ""));
        distribution(suiteResult, out);
        if (suiteResult.cutShort()) {
            out.println("CUT SHORT: " + suiteResult.cutShortMessage()
                    + " Test fewer clauses at a time with --clauses, or use a machine that is less busy.");
        }
        if (!suiteResult.notImplemented().isEmpty()) {
            out.println("NOT IMPLEMENTED: " + String.join(", ", suiteResult.notImplemented()));
        }
        if (!suiteResult.abortReason().isEmpty()) {
            out.println("ABORTED: " + suiteResult.abortReason());
        } else if (!suiteResult.broken().isEmpty()) {
            out.println("BROKEN: " + String.join(" ", suiteResult.broken()));
        } else {
            out.println("Every binding clause that could be checked held"
                    + (suiteResult.cutShort() ? " in the tries that were made." : "."));
        }
        out.flush();
    }

    private static void legend(PrintWriter out) {
        for (Origin origin : Origin.values()) {
            out.println("  " + origin + " = " + origin.description());
        }
        for (Verdict verdict : Verdict.values()) {
            out.println("  " + (verdict == Verdict.BROKEN ? "BROKEN" : verdict) + " = " + verdict.description());
        }
        out.println();
    }

    private static void print(Finding finding, ShellAccess access, PrintWriter out) {
        List<String> lines = CurlCommands.of(finding.steps(), access);
        out.println(finding.binding() ? finding.message() : finding.message().replaceFirst(" is broken", " differs"));
        out.println("  found by " + finding.property()
                + (finding.reproducible() ? "" : "; intermittent: repeat the calls until it shows"));
        lines.forEach(line -> out.println("    " + line));
    }

    /** Prints how many responses had which code, so that a run in which everything or nothing was refused is noticed. */
    private static void distribution(SuiteResult suiteResult, PrintWriter out) {
        StringBuilder line = new StringBuilder("responses:");
        suiteResult.distribution().forEach((what, count) -> {
            if (what.startsWith("response ") || what.startsWith("history: ")) {
                line.append(' ')
                        .append(what.replace("response ", ""))
                        .append(' ')
                        .append(count)
                        .append(',');
            }
        });
        out.println(line.substring(0, line.length() - 1));
    }
}
