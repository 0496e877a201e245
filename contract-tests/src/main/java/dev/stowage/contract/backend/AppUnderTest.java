package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import java.time.Duration;

/** An app, published once. */
public interface AppUnderTest {

    /** A new install, or the next of those that there are. */
    InstallUnderTest install();

    /** What a global function of it sees. */
    default Client globalFunction() {
        throw new NotCheckableException("there is no global function here");
    }

    /** True if {@link #advance} works; where it doesn't, the suite waits for as long as it takes. */
    default boolean canAdvanceTime() {
        return false;
    }

    /** Moves the time of this app's records forward; until then it stands still or goes on. */
    default void advance(Duration duration) {
        throw new NotCheckableException("time can't be moved here");
    }

    /** Forgets it, with its installs, where that is possible. */
    default void close() {}
}
