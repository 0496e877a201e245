package dev.stowage.junit.interleaving;

import java.util.List;
import java.util.SortedMap;

/** Who goes next, and what became of it: an {@link Exploration}, or an order that was given. */
public interface SchedulingStrategy {

    /** @param waiting every actor that has not ended, and what it wants to do; never empty */
    int choose(SortedMap<Integer, RecordAccess> waiting);

    void executed(ScheduledStep step);

    /** Every actor has ended. */
    void allEnded();

    /** The order that a token tells. */
    static SchedulingStrategy replay(ReplayToken token) {
        List<Integer> actors = token.actors();
        return new SchedulingStrategy() {
            private int next;

            @Override
            public int choose(SortedMap<Integer, RecordAccess> waiting) {
                if (next == actors.size()) {
                    throw changed("the order ends after " + next + " operations, while these wait: " + waiting);
                }
                int actor = actors.get(next);
                if (!waiting.containsKey(actor)) {
                    throw changed("at place " + (next + 1) + " actor " + (actor + 1)
                            + " should go, and has ended or is not there, while these wait: " + waiting);
                }
                return actor;
            }

            @Override
            public void executed(ScheduledStep step) {
                next++;
            }

            @Override
            public void allEnded() {
                if (next < actors.size()) {
                    throw changed("after " + next + " of its " + actors.size() + " operations all actors had ended");
                }
            }

            private ActorDivergenceException changed(String how) {
                return new ActorDivergenceException("The test does something else than when the token " + token
                        + " was printed: " + how + ". The app or the test has changed since; run it without replay.");
            }
        };
    }
}
