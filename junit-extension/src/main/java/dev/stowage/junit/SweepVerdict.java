package dev.stowage.junit;

import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.junit.scope.CallOrigin;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.junit.sweep.FaultKinds;
import dev.stowage.junit.sweep.SweepRun;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Judges a run with a fault: it passes, it is a finding, or it is invalid because the fault was not injected as planned. */
final class SweepVerdict {

    private static final int SHOWN_OPERATIONS = 20;

    private final SweepRun run;
    private final TestScope scope;
    private final boolean errorsMayEscape;
    private final List<String> withoutFault;
    private final Optional<String> leftOut;

    /**
     * @param withoutFault the app's operations in the run without a fault; empty if unknown
     * @param leftOut the runs of the sweep that were left out; empty if none
     */
    SweepVerdict(
            SweepRun run,
            TestScope scope,
            boolean errorsMayEscape,
            List<String> withoutFault,
            Optional<String> leftOut) {
        this.run = run;
        this.scope = scope;
        this.errorsMayEscape = errorsMayEscape;
        this.withoutFault = withoutFault;
        this.leftOut = leftOut;
    }

    /** Judges a run whose test has thrown. */
    void thrown(Throwable thrown, Optional<String> deviation) throws Throwable {
        if (thrown instanceof TestAbortedException || thrown instanceof OutOfMemoryError) {
            throw thrown;
        }
        deviation.ifPresent(difference -> {
            throw invalid(difference, thrown);
        });
        if (!(errorsMayEscape && isErrorOfFault(thrown))) {
            throw new AssertionFailedError(finding(thrown), thrown);
        }
    }

    /** Judges a run whose test has returned. */
    void ended(Optional<String> deviation) {
        deviation.ifPresent(difference -> {
            throw invalid(difference, null);
        });
    }

    private boolean isErrorOfFault(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException refusal
                    && FaultKinds.codesOf(run.kind()).contains(refusal.code())) {
                return !(thrown instanceof AssertionError);
            }
        }
        return false;
    }

    private AssertionFailedError invalid(String difference, @Nullable Throwable cause) {
        return new AssertionFailedError(
                "The run '" + run + "' is not valid: " + difference
                        + ". The test is not deterministic: generate keys from a fixed seed, keep no state from one run to the next, and"
                        + " wait for threads. If this run was selected by its number, run the whole sweep again.",
                cause);
    }

    private String finding(Throwable thrown) {
        return "The test fails under this fault: " + run
                + "\n  What the fault did: " + FaultKinds.explain(run.kind())
                + "\n  Test failure:\n" + indented(ThrowableSummary.describe(thrown))
                + "\n  Operations:\n" + operations()
                + (withoutFault.isEmpty() ? "" : "\n  Operations without the fault: " + String.join(", ", withoutFault))
                + leftOut.map(text -> "\n  Runs of this sweep: " + text).orElse("")
                + "\n  To run only this: @FaultSweep(only = \"" + run.selection() + "\")";
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }

    /** The app's operations with their numbers, and between them the test calls. */
    private String operations() {
        List<JournalEntry> entries = scope.app().journal().entries();
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (JournalEntry entry : entries.subList(0, Math.min(SHOWN_OPERATIONS, entries.size()))) {
            boolean isAppCall = CallOrigin.isAppCall(entry.call().client());
            boolean isRace = entry.call().client().equals("race");
            number += isAppCall && !isRace ? 1 : 0;
            String origin = isRace ? "  (the other client of the race)" : isAppCall ? "" : "  (test call)";
            lines.append(isAppCall && !isRace ? String.format(Locale.ROOT, "    %2d  ", number) : "        ")
                    .append(FailureReport.brief(entry))
                    .append(origin)
                    .append('\n');
        }
        int more = entries.size() - SHOWN_OPERATIONS;
        return lines.toString().stripTrailing() + (more > 0 ? "\n        and " + more + " more" : "");
    }
}
