package dev.stowage.emulator.sweep;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.call.CallOrigin;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes a run with a fault in which the test failed, or whose fault was not injected as planned. */
public final class Finding {

    private static final int SHOWN_OPERATIONS = 20;

    private final SweepRun run;
    private final AppUnderTest app;
    private final Sweep sweep;

    public Finding(SweepRun run, AppUnderTest app, Sweep sweep) {
        this.run = run;
        this.app = app;
        this.sweep = sweep;
    }

    public SweepRun run() {
        return run;
    }

    /** Whether an exception, or one that caused it, is an error of the storage that the fault causes. */
    public boolean isErrorOfFault(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException refusal
                    && FaultKinds.codesOf(run.kind()).contains(refusal.code())) {
                return true;
            }
        }
        return false;
    }

    /** @param difference how the operations differed from those of the run without a fault */
    public String describeInvalid(String difference) {
        return "The run '" + run + "' is not valid: " + difference
                + ". The test is not deterministic: generate keys from a fixed seed, keep no state from one run to the next, and"
                + " wait for threads. If this run was selected by its number, run the whole sweep again.";
    }

    /** @param failure the exception of the test, in words */
    public String describe(String failure) {
        List<String> withoutFault = sweep.withoutFault();
        return "The test fails under this fault: " + run
                + "\n  What the fault did: " + FaultKinds.explain(run.kind())
                + "\n  Test failure:\n" + indented(failure)
                + "\n  Operations:\n" + operations()
                + (withoutFault.isEmpty() ? "" : "\n  Operations without the fault: " + String.join(", ", withoutFault))
                + sweep.leftOut().map(text -> "\n  Runs of this sweep: " + text).orElse("");
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }

    /** The app's operations with their numbers, and between them the test calls. */
    public String operations() {
        List<JournalEntry> entries = app.journal().entries();
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (JournalEntry entry : entries.subList(0, Math.min(SHOWN_OPERATIONS, entries.size()))) {
            boolean isAppCall = CallOrigin.isAppCall(entry.call().client());
            boolean isRace = entry.call().client().equals("race");
            number += isAppCall && !isRace ? 1 : 0;
            String origin = isRace ? "  (the other client of the race)" : isAppCall ? "" : "  (test call)";
            lines.append(isAppCall && !isRace ? String.format(Locale.ROOT, "    %2d  ", number) : "        ")
                    .append(entry.summary())
                    .append(origin)
                    .append('\n');
        }
        int more = entries.size() - SHOWN_OPERATIONS;
        return lines.toString().stripTrailing() + (more > 0 ? "\n        and " + more + " more" : "");
    }
}
