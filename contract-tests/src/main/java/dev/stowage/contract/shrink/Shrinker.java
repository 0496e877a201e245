package dev.stowage.contract.shrink;

import dev.stowage.contract.generator.DrawLog;
import dev.stowage.contract.property.Attempt;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.OmittedCalls;
import dev.stowage.contract.property.WallClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Shrinks a failure that breaks a clause: fewer steps, simpler values, fewer calls, within a time limit. */
public final class Shrinker {

    private static final int WAYS_PER_DRAW = 12;
    private static final int MOST_TIMES_PER_DRAW = 20;
    private static final int MOST_REPEATS = 30;

    private final BiFunction<DrawLog, OmittedCalls, Attempt> attempts;
    private final long until;
    private Attempt best;
    private boolean always = true;

    private Shrinker(Attempt failed, BiFunction<DrawLog, OmittedCalls, Attempt> attempts, long nanos) {
        this.best = failed;
        this.attempts = attempts;
        this.until = WallClock.nanoTime() + nanos;
    }

    /**
     * @param reproducible false if the steps show it only intermittently
     */
    public record Shrunk(Attempt attempt, boolean reproducible) {}

    public static Shrunk shrink(Attempt failed, BiFunction<DrawLog, OmittedCalls, Attempt> attempts, long nanos) {
        Shrinker shrinker = new Shrinker(failed, attempts, nanos);
        shrinker.run();
        return new Shrunk(shrinker.best, shrinker.always);
    }

    private void run() {
        String clause = clause();
        int shown = 0;
        for (int i = 0; i < 3 && hasTime(); i++) {
            Attempt again = attempts.apply(best.draws().replay(), OmittedCalls.NOTHING);
            if (again.violates(clause)) {
                shown++;
                best = again.size() < best.size() ? again : best;
            }
        }
        always = shown == 3;
        fewerSteps();
        if (always) {
            simplerValues();
        }
        fewerCalls();
    }

    private String clause() {
        return best.violation() == null ? "" : best.violation().clause();
    }

    private boolean hasTime() {
        return WallClock.nanoTime() - until < 0 && !Thread.currentThread().isInterrupted();
    }

    /** True if this fails in the same way: at once, or within some repeats if it is intermittent. */
    private boolean accept(DrawLog smaller) {
        return accept(smaller, OmittedCalls.NOTHING);
    }

    /** Where calls are omitted, the same call has to show the failure. */
    private boolean accept(DrawLog smaller, OmittedCalls omitted) {
        int at = best.shownAt();
        int repeats = always ? 1 : MOST_REPEATS;
        for (int i = 0; i < repeats && hasTime(); i++) {
            Attempt attempt = attempts.apply(smaller.replay(), omitted);
            if (attempt.violates(clause())
                    && attempt.size() <= best.size()
                    && (omitted.steps().isEmpty() || attempt.shownAt() == at)) {
                best = attempt;
                return true;
            }
        }
        return false;
    }

    /** Omits ever smaller parts of the steps, the last first. */
    private void fewerSteps() {
        int part = Math.max(1, best.draws().remainingSteps() / 2);
        while (best.draws().remainingSteps() > 1 && hasTime()) {
            boolean smaller = false;
            List<Integer> left = new ArrayList<>(best.draws().remainingStepNumbers());
            for (int end = left.size(); end > 0 && hasTime(); end -= part) {
                Set<Integer> out = new LinkedHashSet<>(left.subList(Math.max(0, end - part), end));
                out.retainAll(best.draws().remainingStepNumbers());
                if (!out.isEmpty() && out.size() < best.draws().remainingSteps()) {
                    smaller |= accept(best.draws().withoutSteps(out));
                }
            }
            if (part == 1 && !smaller) {
                return;
            }
            part = Math.max(1, part / 2);
        }
    }

    private void simplerValues() {
        for (String name : best.draws().names()) {
            boolean smaller = true;
            for (int times = 0; smaller && times < MOST_TIMES_PER_DRAW && hasTime(); times++) {
                smaller = false;
                for (DrawLog less : best.draws().shrink(name, WAYS_PER_DRAW)) {
                    if (accept(less)) {
                        smaller = true;
                        break;
                    }
                }
            }
        }
    }

    /**
     * Omits calls that change nothing on a correct backend. It keeps all calls if a write is conditional on a read, or if no single response shows the failure.
     */
    private void fewerCalls() {
        boolean conditional = best.trial().calls().values().stream().anyMatch(OmittedCalls::dependsOnReads);
        if (conditional || best.shownAt() == ClauseViolation.NO_CALL) {
            return;
        }
        int part = omittableCalls().size();
        while (part > 0 && hasTime()) {
            List<Integer> numbers = List.copyOf(omittableCalls());
            for (int end = numbers.size(); end > 0 && hasTime(); end -= part) {
                Set<Integer> out = Set.copyOf(numbers.subList(Math.max(0, end - part), end));
                accept(best.draws(), best.omitted().plus(best.trial().calls(), out));
            }
            part /= 2;
        }
    }

    private Set<Integer> omittableCalls() {
        Set<Integer> numbers = new TreeSet<>();
        best.trial().calls().forEach((number, step) -> {
            if (number != best.shownAt() && OmittedCalls.isOmittable(step)) {
                numbers.add(number);
            }
        });
        return numbers;
    }
}
