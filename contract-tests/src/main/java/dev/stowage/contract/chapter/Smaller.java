package dev.stowage.contract.chapter;

import dev.stowage.contract.run.Broken;
import java.util.function.IntConsumer;

/** Looks for the same failure in fewer calls, again and again and for a while, where luck has a part in it. */
final class Smaller {

    private static final long NANOS = 3_000_000_000L;

    private Smaller() {}

    /**
     * @param least what throws {@link Broken} where it shows the failure; it is told which time this is
     * @return the first of those, or what there was before
     */
    static Broken than(Broken large, int most, IntConsumer least) {
        long until = System.nanoTime() + NANOS;
        for (int i = 0; i < most && System.nanoTime() - until < 0; i++) {
            try {
                least.accept(i);
            } catch (Broken small) {
                if (small.clause().equals(large.clause())) {
                    return small;
                }
            }
        }
        return large;
    }
}
