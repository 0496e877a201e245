package dev.stowage.junit;

import dev.stowage.emulator.sweep.Sweep;
import dev.stowage.emulator.sweep.SweepRun;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The runs of one test method with a {@link FaultSweep}, one after the other. */
final class SweepRuns {

    private final FaultSweep annotation;
    private final Sweep sweep;
    private final SweepRunCache cache;
    private int requested;
    private @Nullable Iterator<SweepRun> runs;

    SweepRuns(FaultSweep annotation, SweepRunCache cache) {
        this.annotation = annotation;
        this.cache = cache;
        this.sweep = new Sweep(
                Set.copyOf(Arrays.asList(annotation.faults())),
                annotation.maxRuns(),
                annotation.only().isEmpty()
                        ? Optional.empty()
                        : Optional.of(SweepRun.Selection.parse(annotation.only())));
    }

    FaultSweep annotation() {
        return annotation;
    }

    Sweep sweep() {
        return sweep;
    }

    /** The next run, which depends on the results of those before; empty at the end. */
    Optional<TestTemplateInvocationContext> next() {
        requested++;
        if (requested == 1) {
            return Optional.of(new SweepInvocation.WithoutFault(this, "without a fault"));
        }
        if (requested == 2) {
            return secondRun();
        }
        return nextFault().map(run -> new SweepInvocation.WithFault(this, run));
    }

    private Optional<TestTemplateInvocationContext> secondRun() {
        if (!sweep.hasPlan()) {
            // The first run was not selected, or it failed: use the runs of the last sweep, if they are known.
            return cache.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again"));
        }
        cache.remember(sweep.plannedRuns());
        runs = sweep.runs().iterator();
        return Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again: " + sweep.summary()));
    }

    private Optional<SweepRun> nextFault() {
        Iterator<SweepRun> left = runs;
        if (left == null) {
            return cache.recall(requested - 3);
        }
        return sweep.isRepeatable() && left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }
}
