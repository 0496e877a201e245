package dev.stowage.emulator.service;

/** Is called when data or an app is deleted, so that other components delete what they keep of it. Must not call the emulator. */
public interface ResetListener {

    /** The data of an owner was dropped: its install has ended, or its app was reset. */
    default void dataDropped(String owner) {}

    /** An install was deleted with its app. */
    default void installReset(long installId) {}

    /** An app was reset. */
    default void appReset(String appId) {}
}
