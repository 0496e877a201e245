package dev.stowage.contract.chapter;

import dev.stowage.contract.property.ClauseViolation;
import java.util.function.IntConsumer;

/** Looks for the same failure in fewer calls, by repetition, because races are intermittent. */
final class RaceShrinker {

    private static final long NANOS = 3_000_000_000L;

    private RaceShrinker() {}

    /**
     * @param least throws {@link ClauseViolation} if it shows the failure; the argument is the number of the repetition
     * @return the first smaller violation, or the given one
     */
    static ClauseViolation shrink(ClauseViolation large, int most, IntConsumer least) {
        long until = System.nanoTime() + NANOS;
        for (int i = 0; i < most && System.nanoTime() - until < 0; i++) {
            try {
                least.accept(i);
            } catch (ClauseViolation small) {
                if (small.clause().equals(large.clause())) {
                    return small;
                }
            }
        }
        return large;
    }
}
