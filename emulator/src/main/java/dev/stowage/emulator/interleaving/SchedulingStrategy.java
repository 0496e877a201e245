package dev.stowage.emulator.interleaving;

import java.util.List;
import java.util.SortedMap;

/** Decides which actor runs next: an {@link Exploration}, or the replay of a known order. */
public interface SchedulingStrategy {

    /**
     * Returns the number of the actor that runs next.
     *
     * @param waiting the next operation of every actor that has not ended; never empty
     */
    int choose(SortedMap<Integer, RecordAccess> waiting);

    /** The chosen actor has executed its operation. */
    void executed(ScheduledStep step);

    /** All actors have ended. */
    void allEnded();

    /** Replays the order of a token. */
    static SchedulingStrategy replay(ReplayToken token) {
        List<Integer> actors = token.actors();
        return new SchedulingStrategy() {
            private int next;

            @Override
            public int choose(SortedMap<Integer, RecordAccess> waiting) {
                if (next == actors.size()) {
                    throw changed(
                            "the order ends after " + next + " operations, but these operations wait: " + waiting);
                }
                int actor = actors.get(next);
                if (!waiting.containsKey(actor)) {
                    throw changed("actor " + (actor + 1) + " has no operation at position " + (next + 1)
                            + ", where these operations wait: " + waiting);
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
                    throw changed("all actors had ended after " + next + " of its " + actors.size() + " operations");
                }
            }

            private ActorDivergenceException changed(String how) {
                return new ActorDivergenceException(
                        "The order " + token + " cannot be replayed: " + how
                                + ". The app or the test has changed since the token was printed. Run the test without replay.");
            }
        };
    }
}
