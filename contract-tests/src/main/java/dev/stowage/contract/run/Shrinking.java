package dev.stowage.contract.run;

import dev.stowage.contract.draw.Draws;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Makes a failure smaller as long as it breaks the same clause: fewer steps, simpler values, fewer calls; for a while. */
final class Shrinking {

    private static final int WAYS_PER_DRAW = 12;
    private static final int MOST_TIMES_PER_DRAW = 20;
    private static final int MOST_REPEATS = 30;

    private final BiFunction<Draws, LeftOut, Attempt> attempts;
    private final long until;
    private Attempt best;
    private boolean always = true;

    private Shrinking(Attempt failed, BiFunction<Draws, LeftOut, Attempt> attempts, long nanos) {
        this.best = failed;
        this.attempts = attempts;
        this.until = Waiting.nanoTime() + nanos;
    }

    /**
     * @param always false where it shows only now and then
     */
    record Shrunk(Attempt attempt, boolean always) {}

    static Shrunk shrink(Attempt failed, BiFunction<Draws, LeftOut, Attempt> attempts, long nanos) {
        Shrinking shrinking = new Shrinking(failed, attempts, nanos);
        shrinking.run();
        return new Shrunk(shrinking.best, shrinking.always);
    }

    private void run() {
        String clause = clause();
        int shown = 0;
        for (int i = 0; i < 3 && hasTime(); i++) {
            Attempt again = attempts.apply(best.draws().again(), LeftOut.NOTHING);
            if (again.breaks(clause)) {
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
        return best.broken() == null ? "" : best.broken().clause();
    }

    private boolean hasTime() {
        return Waiting.nanoTime() - until < 0 && !Thread.currentThread().isInterrupted();
    }

    /** True if this fails in the same way, at once or, where it shows only now and then, some time. */
    private boolean accept(Draws smaller) {
        return accept(smaller, LeftOut.NOTHING);
    }

    /** Where calls are left out, it has to be the same call that shows it. */
    private boolean accept(Draws smaller, LeftOut leftOut) {
        int at = best.shownAt();
        int repeats = always ? 1 : MOST_REPEATS;
        for (int i = 0; i < repeats && hasTime(); i++) {
            Attempt attempt = attempts.apply(smaller.again(), leftOut);
            if (attempt.breaks(clause())
                    && attempt.size() <= best.size()
                    && (leftOut.steps().isEmpty() || attempt.shownAt() == at)) {
                best = attempt;
                return true;
            }
        }
        return false;
    }

    /** Leaves out ever smaller parts of the steps, the last first. */
    private void fewerSteps() {
        int part = Math.max(1, best.draws().remainingSteps() / 2);
        while (best.draws().remainingSteps() > 1 && hasTime()) {
            boolean smaller = false;
            List<Integer> left = new ArrayList<>(best.draws().stepsLeft());
            for (int end = left.size(); end > 0 && hasTime(); end -= part) {
                Set<Integer> out = new LinkedHashSet<>(left.subList(Math.max(0, end - part), end));
                out.retainAll(best.draws().stepsLeft());
                if (!out.isEmpty() && out.size() < best.draws().remainingSteps()) {
                    smaller |= accept(best.draws().without(out));
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
                for (Draws less : best.draws().smaller(name, WAYS_PER_DRAW)) {
                    if (accept(less)) {
                        smaller = true;
                        break;
                    }
                }
            }
        }
    }

    /**
     * Leaves out calls that a right backend is as before after. Where writes are on condition of what was read, every read counts; and
     * where it is not one answer that shows the failure, there is no telling which count.
     */
    private void fewerCalls() {
        boolean conditional = best.trial().calls().values().stream().anyMatch(LeftOut::dependsOnReads);
        if (conditional || best.shownAt() == Broken.NO_CALL) {
            return;
        }
        int part = canDoWithout().size();
        while (part > 0 && hasTime()) {
            List<Integer> numbers = List.copyOf(canDoWithout());
            for (int end = numbers.size(); end > 0 && hasTime(); end -= part) {
                Set<Integer> out = Set.copyOf(numbers.subList(Math.max(0, end - part), end));
                accept(best.draws(), best.leftOut().and(best.trial().calls(), out));
            }
            part /= 2;
        }
    }

    private Set<Integer> canDoWithout() {
        Set<Integer> numbers = new TreeSet<>();
        best.trial().calls().forEach((number, step) -> {
            if (number != best.shownAt() && LeftOut.canDoWithout(step)) {
                numbers.add(number);
            }
        });
        return numbers;
    }
}
