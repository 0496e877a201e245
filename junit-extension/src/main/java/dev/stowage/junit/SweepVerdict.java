package dev.stowage.junit;

import dev.stowage.emulator.sweep.Finding;
import dev.stowage.emulator.sweep.SweepRun;
import dev.stowage.emulator.testing.ThrowableSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Judges a run with a fault: it passes, it is a finding, or it is invalid because the fault was not injected as planned. */
final class SweepVerdict {

    private final SweepRun run;
    private final Finding finding;
    private final boolean errorsMayEscape;

    SweepVerdict(SweepRun run, Finding finding, boolean errorsMayEscape) {
        this.run = run;
        this.finding = finding;
        this.errorsMayEscape = errorsMayEscape;
    }

    /** Judges a run whose test has thrown. */
    void thrown(Throwable thrown, Optional<String> deviation) throws Throwable {
        if (thrown instanceof TestAbortedException || thrown instanceof OutOfMemoryError) {
            throw thrown;
        }
        deviation.ifPresent(difference -> {
            throw invalid(difference, thrown);
        });
        if (!errorsMayEscape || thrown instanceof AssertionError || !finding.isErrorOfFault(thrown)) {
            throw new AssertionFailedError(
                    finding.describe(ThrowableSummary.describe(thrown)) + "\n  To run only this: @FaultSweep(only = \""
                            + run.selection() + "\")",
                    thrown);
        }
    }

    /** Judges a run whose test has returned. */
    void ended(Optional<String> deviation) {
        deviation.ifPresent(difference -> {
            throw invalid(difference, null);
        });
    }

    private AssertionFailedError invalid(String difference, @Nullable Throwable cause) {
        return new AssertionFailedError(finding.describeInvalid(difference), cause);
    }
}
