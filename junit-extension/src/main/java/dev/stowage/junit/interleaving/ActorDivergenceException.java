package dev.stowage.junit.interleaving;

/** The actors did something else than before in the same situation: their orders can't be explored. */
public final class ActorDivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorDivergenceException(int place, String before, String now) {
        super(
                "The actors are not deterministic: with the same operations behind them, they wanted " + before
                        + " at place " + place + " in one run and " + now
                        + " in another, by number of actor. Keys from a random"
                        + " source, a static cache, or a thread pool do that: draw keys from a seed, and let nothing outlive a run.");
    }

    ActorDivergenceException(String message) {
        super(message);
    }
}
