package dev.stowage.junit.interleaving;

import java.util.List;
import java.util.SortedMap;

/** Who goes next, and what became of it: an {@link Exploration}, or an order that was given. */
public interface Choice {

    /** @param waiting every actor that has not ended, and what it wants to do; never empty */
    int choose(SortedMap<Integer, Access> waiting);

    void went(Step step);

    /** The order that a token tells. */
    static Choice replay(Token token) {
        List<Integer> actors = token.actors();
        return new Choice() {
            private int next;

            @Override
            public int choose(SortedMap<Integer, Access> waiting) {
                if (next == actors.size() || !waiting.containsKey(actors.get(next))) {
                    String wanted = next == actors.size()
                            ? "the order ends there"
                            : "actor " + (actors.get(next) + 1) + " should go, and has ended or is not there";
                    throw new Divergence(
                            "The test does something else than when the token " + token + " was printed: at place "
                                    + (next + 1) + " " + wanted + ", while these wait: " + waiting
                                    + ". The app or the test has changed since; run it without replay.");
                }
                return actors.get(next);
            }

            @Override
            public void went(Step step) {
                next++;
            }
        };
    }
}
