package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;

/** An install of an app. */
public interface InstallUnderTest {

    Client client();

    /** Its key, where it has one. */
    default String apiKey() {
        throw new NotCheckableException("in process an install has no key");
    }

    /** Ends it. */
    default void uninstall() {
        throw new NotCheckableException("installs can't be ended here");
    }

    /** Ends it and installs the same app in the same account. */
    default InstallUnderTest reinstall() {
        throw new NotCheckableException("installs can't be reinstalled here");
    }
}
