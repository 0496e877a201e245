package dev.stowage.junit;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.junit.sweep.FaultKinds;
import dev.stowage.junit.sweep.InjectionPoint;
import dev.stowage.junit.sweep.SweepPlan;
import dev.stowage.junit.sweep.SweepRun;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One method's sweep: two runs without a fault, then what these have shown to be possible. */
final class Sweep {

    private final FaultSweep annotation;
    private final Optional<SweepRun.Selection> only;
    private final SweepRunCache cache;
    private @Nullable List<InjectionPoint> first;
    private boolean isRepeatable;
    private int asked;
    private @Nullable SweepPlan plan;
    private @Nullable Iterator<SweepRun> runs;

    Sweep(FaultSweep annotation, SweepRunCache cache) {
        this.annotation = annotation;
        this.cache = cache;
        this.only = annotation.only().isEmpty()
                ? Optional.empty()
                : Optional.of(SweepRun.Selection.parse(annotation.only()));
    }

    FaultSweep annotation() {
        return annotation;
    }

    /** What the app did in the first run, in order; empty where that was not run. */
    List<String> withoutFault() {
        return first == null
                ? List.of()
                : first.stream().map(InjectionPoint::name).toList();
    }

    /** The kinds of fault to look for. */
    Set<Fault.Kind> kinds() {
        if (only.isPresent()) {
            return EnumSet.of(only.get().kind());
        }
        return annotation.faults().length == 0
                ? FaultKinds.defaults()
                : EnumSet.copyOf(Arrays.asList(annotation.faults()));
    }

    /** The next run, depending on how those before went; empty when there is nothing more to learn. */
    Optional<TestTemplateInvocationContext> next() {
        asked++;
        if (asked == 1) {
            return Optional.of(new SweepInvocation.WithoutFault(this, "without a fault"));
        }
        if (asked == 2) {
            return secondRun();
        }
        return nextFault().map(run -> new SweepInvocation.WithFault(this, run));
    }

    private Optional<TestTemplateInvocationContext> secondRun() {
        if (first == null) {
            // The first run was not asked for, or failed: it is the memory's turn, or nobody's.
            return cache.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again"));
        }
        SweepPlan made = SweepPlan.of(first, only.isPresent() ? Integer.MAX_VALUE : annotation.maxRuns());
        plan = made;
        cache.remember(made.runs());
        List<SweepRun> all =
                only.map(selection -> List.of(made.only(selection))).orElse(made.runs());
        runs = all.iterator();
        return Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again: " + told(all.size())));
    }

    private String told(int runsToCome) {
        SweepPlan made = Objects.requireNonNull(plan);
        String leftOut = made.omittedRuns() == 0
                ? ""
                : ", and " + made.omittedRuns() + " more are left out by maxRuns = " + annotation.maxRuns();
        return made.pointCount() + " operations, " + runsToCome + " runs follow" + leftOut;
    }

    private Optional<SweepRun> nextFault() {
        if (first == null) {
            return cache.recall(asked - 3);
        }
        Iterator<SweepRun> left = Objects.requireNonNull(runs);
        return isRepeatable && left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }

    /**
     * A run without a fault has passed.
     *
     * @return how it differs from the one before, which makes a sweep impossible; empty for the first
     */
    Optional<String> passed(List<InjectionPoint> points) {
        if (first == null) {
            first = points;
            return Optional.empty();
        }
        Optional<String> difference = SweepPlan.difference(first, points);
        isRepeatable = difference.isEmpty();
        return difference;
    }
}
