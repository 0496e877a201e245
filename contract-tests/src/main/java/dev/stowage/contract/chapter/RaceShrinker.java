package dev.stowage.contract.chapter;

import dev.stowage.contract.property.ClauseViolation;
import java.util.function.IntConsumer;

/** Looks for the same failure in fewer calls, again and again and for a while, where luck has a part in it. */
final class RaceShrinker {

    private static final long NANOS = 3_000_000_000L;

    private RaceShrinker() {}

    /**
     * @param least what throws {@link ClauseViolation} where it shows the failure; it is told which time this is
     * @return the first of those, or what there was before
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
