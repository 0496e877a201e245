package dev.stowage.emulator.interleaving;

/** The actors did something different from an earlier run in the same situation, so their orders cannot be explored. */
public final class ActorDivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActorDivergenceException(int position, String before, String now) {
        super("The actors are not deterministic. After the same operations, at position " + position
                + " of the order, the next operations by number of the actor were " + before + " in one run and "
                + now + " in another. Causes are random keys, a static cache, or a thread pool: generate keys from a"
                + " fixed seed, and keep no state from one run to the next.");
    }

    ActorDivergenceException(String message) {
        super(message);
    }
}
