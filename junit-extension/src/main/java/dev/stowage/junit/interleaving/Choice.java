package dev.stowage.junit.interleaving;

import java.util.List;
import java.util.SortedMap;

/** Who goes next, and what became of it: an {@link Exploration}, or an order that was given. */
public interface Choice {

    /** @param waiting every actor that has not ended, and what it wants to do; never empty */
    int choose(SortedMap<Integer, Access> waiting);

    void went(Step step);

    /** Every actor has ended. */
    void ended();

    /** The order that a token tells. */
    static Choice replay(Token token) {
        List<Integer> actors = token.actors();
        return new Choice() {
            private int next;

            @Override
            public int choose(SortedMap<Integer, Access> waiting) {
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
            public void went(Step step) {
                next++;
            }

            @Override
            public void ended() {
                if (next < actors.size()) {
                    throw changed("after " + next + " of its " + actors.size() + " operations all actors had ended");
                }
            }

            private Divergence changed(String how) {
                return new Divergence("The test does something else than when the token " + token + " was printed: "
                        + how + ". The app or the test has changed since; run it without replay.");
            }
        };
    }
}
