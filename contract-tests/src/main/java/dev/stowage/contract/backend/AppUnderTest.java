package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import java.time.Duration;
import java.util.Optional;

/** An app, published once. */
public interface AppUnderTest {

    /** Creates an install, or returns the next of the existing ones. */
    InstallUnderTest install();

    /** The last install of this app that is active, as the backend itself knows it; empty if there is none. */
    default Optional<InstallUnderTest> activeInstall() {
        throw new NotCheckableException("its installs cannot be listed");
    }

    /** A client with the access rights of a global function of this app. */
    default Client globalFunction() {
        throw new NotCheckableException("it has no global functions");
    }

    /** True if {@link #advance} works. Default: false; the suite then waits for real time to pass. */
    default boolean canAdvanceTime() {
        return false;
    }

    /** Advances the time of this app's records. Otherwise their time may be frozen or may run. */
    default void advance(Duration duration) {
        throw new NotCheckableException("its time cannot be advanced");
    }

    /** Removes the app and its installs, where that is possible. */
    default void close() {}
}
