package dev.stowage.storage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

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

    /**
     * The same stores, converting types of your own with this mapper: see {@link Store#get(String, Class)}. The mapper is
     * used as it is configured, for example with the modules for {@code java.time} or Kotlin:
     *
     * <pre>{@code
     * storage.withMapper(Storage.mapperBuilder().addModule(new JavaTimeModule()).build())
     * }</pre>
     */
    default Storage withMapper(ObjectMapper mapper) {
        throw new UnsupportedOperationException(
                "This storage has no mapper: " + getClass().getName());
    }

    /**
     * The settings of the default mapper, to add modules or settings of your own. Different from Jackson's defaults:
     *
     * <ul>
     *   <li>Fields of a record that the type does not have are ignored. To refuse them, enable
     *       {@link DeserializationFeature#FAIL_ON_UNKNOWN_PROPERTIES}.
     *   <li>Dates and times are written as ISO 8601 strings, because a number can't hold their nanoseconds (VAL-5).
     * </ul>
     */
    static JsonMapper.Builder mapperBuilder() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }
}
