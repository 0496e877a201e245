package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;

/** An install of an app. */
public interface InstallUnderTest {

    Client client();

    /** The API key, if there is one. */
    default String apiKey() {
        throw new NotCheckableException("in process an install has no API key");
    }

    /** Uninstalls this install. */
    default void uninstall() {
        throw new NotCheckableException("its installs cannot be uninstalled");
    }

    /** Uninstalls this install and installs the same app in the same account. */
    default InstallUnderTest reinstall() {
        throw new NotCheckableException("its installs cannot be reinstalled");
    }
}
