package dev.stowage.emulator.sweep;

import dev.stowage.emulator.fault.Fault;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sweep of one test: two runs without a fault, then one run for each fault that is possible at each injection point. */
public final class Sweep {

    private final Set<Fault.Kind> kinds;
    private final int maxRuns;
    private final Optional<SweepRun.Selection> only;
    private @Nullable List<InjectionPoint> first;
    private @Nullable SweepPlan plan;
    private boolean isRepeatable;

    /**
     * @param kinds the kinds of fault to inject; empty for {@link FaultKinds#defaults}
     * @param maxRuns the maximum number of runs with a fault
     * @param only the run to which the sweep is restricted
     */
    public Sweep(Set<Fault.Kind> kinds, int maxRuns, Optional<SweepRun.Selection> only) {
        this.kinds = only.<Set<Fault.Kind>>map(selection -> EnumSet.of(selection.kind()))
                .orElse(kinds.isEmpty() ? FaultKinds.defaults() : kinds);
        this.maxRuns = only.isPresent() ? Integer.MAX_VALUE : maxRuns;
        this.only = only;
    }

    /** The kinds of fault to inject. */
    public Set<Fault.Kind> kinds() {
        return kinds;
    }

    /** Whether a run without a fault has passed. */
    public boolean hasPlan() {
        return plan != null;
    }

    /**
     * Records that a run without a fault has passed.
     *
     * @return how its operations differ from those of the run before, which makes a sweep impossible; empty for the first run
     */
    public Optional<String> passed(List<InjectionPoint> points) {
        if (first == null) {
            first = points;
            plan = SweepPlan.of(points, maxRuns);
            return Optional.empty();
        }
        Optional<String> difference = SweepPlan.difference(first, points);
        isRepeatable = difference.isEmpty();
        return difference;
    }

    /** Whether both runs without a fault have passed, with the same operations. */
    public boolean isRepeatable() {
        return isRepeatable;
    }

    /** All runs that were planned, also those that the sweep is not restricted to. */
    public List<SweepRun> plannedRuns() {
        return known().runs();
    }

    /**
     * The runs with a fault, in order.
     *
     * @throws IllegalArgumentException if the run to which the sweep is restricted does not exist
     */
    public List<SweepRun> runs() {
        return only.map(selection -> List.of(known().only(selection))).orElseGet(this::plannedRuns);
    }

    private SweepPlan known() {
        return Objects.requireNonNull(plan);
    }

    /** The app's operations in the first run, in order; empty if that was not run. */
    public List<String> withoutFault() {
        return first == null
                ? List.of()
                : first.stream().map(InjectionPoint::name).toList();
    }

    /** The runs that {@code maxRuns} left out; empty if there are none. */
    public Optional<String> leftOut() {
        return Optional.ofNullable(plan)
                .filter(made -> made.omittedRuns() > 0)
                .map(made -> made.omittedRuns() + " more are left out because of maxRuns = " + maxRuns);
    }

    /** How many operations the test has, and how many runs follow. */
    public String summary() {
        int runsToCome = runs().size();
        return count(known().pointCount(), "operation") + ", " + count(runsToCome, "run")
                + (runsToCome == 1 ? " follows" : " follow")
                + leftOut().map(text -> ", and " + text).orElse("");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
