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

/** The sweep of one test method: two runs without a fault, then one run for each fault that is possible at each injection point. */
final class Sweep {

    private final FaultSweep annotation;
    private final Optional<SweepRun.Selection> only;
    private final SweepRunCache cache;
    private @Nullable List<InjectionPoint> first;
    private boolean isRepeatable;
    private int requested;
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

    /** The app's operations in the first run, in order; empty if that was not run. */
    List<String> withoutFault() {
        return first == null
                ? List.of()
                : first.stream().map(InjectionPoint::name).toList();
    }

    /** The runs that {@code maxRuns} left out; empty if there are none. */
    Optional<String> leftOut() {
        return Optional.ofNullable(plan)
                .filter(known -> known.omittedRuns() > 0)
                .map(known -> known.omittedRuns() + " more are left out because of maxRuns = " + annotation.maxRuns());
    }

    /** The kinds of fault to inject. */
    Set<Fault.Kind> kinds() {
        if (only.isPresent()) {
            return EnumSet.of(only.get().kind());
        }
        return annotation.faults().length == 0
                ? FaultKinds.defaults()
                : EnumSet.copyOf(Arrays.asList(annotation.faults()));
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
        if (first == null) {
            // The first run was not selected, or it failed: use the runs of the last sweep, if they are known.
            return cache.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again"));
        }
        SweepPlan newPlan = SweepPlan.of(first, only.isPresent() ? Integer.MAX_VALUE : annotation.maxRuns());
        plan = newPlan;
        cache.remember(newPlan.runs());
        List<SweepRun> all =
                only.map(selection -> List.of(newPlan.only(selection))).orElse(newPlan.runs());
        runs = all.iterator();
        return Optional.of(new SweepInvocation.WithoutFault(this, "without a fault, again: " + summary(all.size())));
    }

    private String summary(int runsToCome) {
        SweepPlan newPlan = Objects.requireNonNull(plan);
        return count(newPlan.pointCount(), "operation") + ", " + count(runsToCome, "run")
                + (runsToCome == 1 ? " follows" : " follow")
                + leftOut().map(text -> ", and " + text).orElse("");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private Optional<SweepRun> nextFault() {
        if (first == null) {
            return cache.recall(requested - 3);
        }
        Iterator<SweepRun> left = Objects.requireNonNull(runs);
        return isRepeatable && left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }

    /**
     * Records that a run without a fault has passed.
     *
     * @return how its operations differ from those of the run before, which makes a sweep impossible; empty for the first run
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
