package dev.stowage.storage;

/**
 * The storage of one install of an app.
 *
 * <p>{@code secrets}, {@code settings} and {@code kvStore} belong to one install (INST-1). {@code sharedKvStore} is shared
 * by all installs of the app (INST-2). With an app's API key instead of an install's, only {@code sharedKvStore} can be
 * used; the others fail with {@link ErrorCode#NO_INSTALL_CONTEXT} (INST-3).
 *
 * <p>Implementations are safe for use by many threads at once.
 */
public interface Storage {

    /** Sensitive data that is not part of a settings form. */
    BaseStore secrets();

    /** The data of the settings form, and other configuration. */
    BaseStore settings();

    /** General data of this install, with expiry, counters, lists and sets. */
    KeyValueStore kvStore();

    /** As {@link #kvStore()}, but shared by all installs of the app. */
    KeyValueStore sharedKvStore();
}
