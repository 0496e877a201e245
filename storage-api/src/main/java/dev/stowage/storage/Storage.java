package dev.stowage.storage;

/**
 * The storage of one install of an app.
 *
 * <p>{@code secrets}, {@code settings} and {@code kvStore} belong to the install alone (INST-1); {@code sharedKvStore} is
 * one for all installs of the app (INST-2). Opened with an app's key instead of an install's, only {@code sharedKvStore}
 * answers; the others fail with {@link ErrorCode#NO_INSTALL_CONTEXT} (INST-3).
 *
 * <p>Implementations are safe for use by many threads at once.
 */
public interface Storage {

    /** Sensitive data that is no part of a settings form. */
    BaseStore secrets();

    /** The data behind the settings form, and other configuration. */
    BaseStore settings();

    /** General data with TTL, counters, lists and sets. */
    KeyValueStore kvStore();

    /** The same as {@link #kvStore()}, but one for all installs of the app. */
    KeyValueStore sharedKvStore();
}
