package dev.stowage.emulator.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a sweep.
 *
 * @param runs in the order of the injection points
 * @param pointCount the number of injection points
 * @param omittedRuns how many runs {@code maxRuns} left out
 */
public record SweepPlan(List<SweepRun> runs, int pointCount, int omittedRuns) {

    /** Plans a run for each kind of fault at each injection point, but at most {@code maxRuns}. */
    public static SweepPlan of(List<InjectionPoint> points, int maxRuns) {
        List<SweepRun> all = new ArrayList<>();
        for (InjectionPoint point : points) {
            point.possible().forEach(kind -> all.add(new SweepRun(kind, point.number(), points.size(), point.name())));
        }
        List<SweepRun> kept = List.copyOf(all.subList(0, Math.min(maxRuns, all.size())));
        return new SweepPlan(kept, points.size(), all.size() - kept.size());
    }

    /**
     * Returns the selected run.
     *
     * @throws IllegalArgumentException if there is no such run; the message lists the runs
     */
    public SweepRun only(SweepRun.Selection selection) {
        return runs.stream()
                .filter(selection::selects)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The sweep has no run \"" + selection + "\": "
                        + (selection.point() > pointCount
                                ? "the test has only " + pointCount + " operations"
                                : "this fault is not possible at that operation")
                        + ". Its runs are: " + runs));
    }

    /** How the operations of two runs differ; empty if they are the same. */
    public static Optional<String> difference(List<InjectionPoint> first, List<InjectionPoint> second) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            String one = i < first.size() ? first.get(i).name() : "not reached";
            String other = i < second.size() ? second.get(i).name() : "not reached";
            if (!one.equals(other)) {
                return Optional.of(
                        "operation " + (i + 1) + " was " + one + " in the first run, but " + other + " in the second");
            }
        }
        return Optional.empty();
    }
}
