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

/** What a run with a fault means: an honest answer, a finding, or nothing because the test did something else. */
final class SweepVerdict {

    private static final int SHOWN_OPERATIONS = 20;

    private final SweepRun run;
    private final TestScope scope;
    private final boolean errorsMayEscape;
    private final List<String> withoutFault;

    /** @param withoutFault the operations of the run without a fault; empty where nobody knows them */
    SweepVerdict(SweepRun run, TestScope scope, boolean errorsMayEscape, List<String> withoutFault) {
        this.run = run;
        this.scope = scope;
        this.errorsMayEscape = errorsMayEscape;
        this.withoutFault = withoutFault;
    }

    /** The test has thrown. */
    void thrown(Throwable thrown, Optional<String> deviation) throws Throwable {
        if (thrown instanceof TestAbortedException || thrown instanceof OutOfMemoryError) {
            throw thrown;
        }
        deviation.ifPresent(difference -> {
            throw elsewhere(difference, thrown);
        });
        if (!(errorsMayEscape && isTheFaultItself(thrown))) {
            throw new AssertionFailedError(finding(thrown), thrown);
        }
    }

    /** The test has come to its end. */
    void ended(Optional<String> deviation) {
        deviation.ifPresent(difference -> {
            throw elsewhere(difference, null);
        });
    }

    private boolean isTheFaultItself(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException refusal
                    && FaultKinds.codesOf(run.kind()).contains(refusal.code())) {
                return !(thrown instanceof AssertionError);
            }
        }
        return false;
    }

    private AssertionFailedError elsewhere(String difference, @Nullable Throwable cause) {
        return new AssertionFailedError(
                "The run " + run + " proves nothing: " + difference
                        + ". The test does not do the same each time: draw keys from a seed, let nothing outlive a run, wait for"
                        + " threads; or, if this run was asked for by its number, run the whole sweep again.",
                cause);
    }

    private String finding(Throwable thrown) {
        return "The test fails when this goes wrong: " + run
                + "\n  What went wrong: " + FaultKinds.explain(run.kind())
                + "\n  What the test said:\n" + indented(ThrowableSummary.describe(thrown))
                + "\n  What the app did:\n" + operations()
                + (withoutFault.isEmpty() ? "" : "\n  Without the fault: " + String.join(", ", withoutFault))
                + "\n  This run alone: @FaultSweep(only = \"" + run.selection() + "\")";
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }

    /** The app's operations with their numbers, and between them what the test did with its own hand. */
    private String operations() {
        List<JournalEntry> entries = scope.app().journal().entries();
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (JournalEntry entry : entries.subList(0, Math.min(SHOWN_OPERATIONS, entries.size()))) {
            boolean isOfTheApp = CallOrigin.isAppCall(entry.call().client());
            boolean isOfARival = entry.call().client().equals("race");
            number += isOfTheApp && !isOfARival ? 1 : 0;
            String who = isOfARival ? "  (the other instance's)" : isOfTheApp ? "" : "  (the test's own hand)";
            lines.append(isOfTheApp && !isOfARival ? String.format(Locale.ROOT, "    %2d  ", number) : "        ")
                    .append(FailureReport.brief(entry))
                    .append(who)
                    .append('\n');
        }
        int more = entries.size() - SHOWN_OPERATIONS;
        return lines.toString().stripTrailing() + (more > 0 ? "\n        and " + more + " more" : "");
    }
}
