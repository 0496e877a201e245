package dev.stowage.emulator.stale;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The apps that are watched for stale values on behalf of tests in other processes. Thread-safe. */
public final class StaleWatches {

    private record Watched(AppUnderTest app, StaleValues values) {}

    private final Map<String, Watched> byApp = new ConcurrentHashMap<>();

    /**
     * Watches an app from now on. It replaces an earlier watch of the app.
     *
     * @param known constants of the app, which are never reported
     */
    public StaleValues watch(AppUnderTest app, Collection<?> known) {
        StaleValues values = new StaleValues(known);
        close(app.appId());
        app.activeInstalls().forEach(values::installed);
        byApp.put(app.appId(), new Watched(app, values));
        app.addWatcher(values);
        return values;
    }

    /** @throws StorageException {@code not_found} if the app is not watched */
    public StaleValues of(String appId) {
        Watched watched = byApp.get(appId);
        if (watched == null) {
            throw new StorageException(
                    ErrorCode.NOT_FOUND,
                    "The app is not watched for stale values. Begin with PUT /_emulator/stale-values; a reset ends it.");
        }
        return watched.values();
    }

    /** Ends the watch of an app, if there is one. */
    public void close(String appId) {
        Watched watched = byApp.remove(appId);
        if (watched != null) {
            watched.app().removeWatcher(watched.values());
        }
    }

    /** Ends all watches. */
    public void closeAll() {
        byApp.keySet().forEach(this::close);
    }
}
