package dev.stowage.contract.door;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckable;

/** An install of an app. */
public interface InstallUnderTest {

    Client client();

    /** Its key, where it has one. */
    default String apiKey() {
        throw new NotCheckable("in process an install has no key");
    }

    /** Ends it. */
    default void uninstall() {
        throw new NotCheckable("installs can't be ended here");
    }

    /** Ends it and installs the same app in the same account. */
    default InstallUnderTest reinstall() {
        throw new NotCheckable("installs can't be reinstalled here");
    }
}
