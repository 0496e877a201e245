package dev.stowage.junit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep will run.
 *
 * @param runs in the order of the places
 * @param leftOut how many more there would be
 */
public record SweepPlan(List<SweepRun> runs, int pointCount, int omittedRuns) {

    /** A run for each kind of fault at each place, {@code maxRuns} at the most. */
    public static SweepPlan of(List<InjectionPoint> points, int maxRuns) {
        List<SweepRun> all = new ArrayList<>();
        for (InjectionPoint point : points) {
            point.possible().forEach(kind -> all.add(new SweepRun(kind, point.number(), points.size(), point.name())));
        }
        List<SweepRun> kept = List.copyOf(all.subList(0, Math.min(maxRuns, all.size())));
        return new SweepPlan(kept, points.size(), all.size() - kept.size());
    }

    /**
     * Just one of its runs.
     *
     * @throws IllegalArgumentException if it has no such run; it says which it has
     */
    public SweepRun only(SweepRun.Selection selection) {
        return runs.stream()
                .filter(selection::selects)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The sweep has no run \"" + selection + "\": of its " + pointCount + " operations, "
                                + (selection.point() > pointCount
                                        ? "there is no number " + selection.point()
                                        : "that one can't meet it")
                                + ". Its runs are: " + runs));
    }

    /** How two runs without a fault differ; empty if the app did the same. */
    public static Optional<String> difference(List<InjectionPoint> first, List<InjectionPoint> second) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            String one = i < first.size() ? first.get(i).name() : "nothing more";
            String other = i < second.size() ? second.get(i).name() : "nothing more";
            if (!one.equals(other)) {
                return Optional.of(
                        "operation " + (i + 1) + " was " + one + " the first time, and " + other + " the second");
            }
        }
        return Optional.empty();
    }
}
