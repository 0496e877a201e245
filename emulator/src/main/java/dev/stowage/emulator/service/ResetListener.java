package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Transaction;

/** Is called when data or an app is deleted, so that other components delete what they keep of it. Must not call the emulator. */
public interface ResetListener {

    /** The data of an owner was dropped: its install has ended, or its app was reset. */
    default void dataDropped(String owner) {}

    /** An install was deleted with its app. */
    default void installReset(long installId) {}

    /** Everything is reset. Adds the deletion of what the listener keeps in the record store to the commit. */
    default void resettingAll(Transaction commit) {}

    /** An app was reset. */
    default void appReset(String appId) {}
}
