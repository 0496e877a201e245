package dev.stowage.emulator.transfer;

import java.util.List;

/**
 * A whole app: its active installs, in the order they were made, and the store that they share.
 *
 * @param shared the records of sharedKvStore alone
 */
public record AppDocument(List<InstallPart> installs, StoresDocument shared) {

    /**
     * An install's own three stores.
     *
     * @param trackerId the account it sits in
     */
    public record InstallPart(String trackerId, StoresDocument stores) {}
}
