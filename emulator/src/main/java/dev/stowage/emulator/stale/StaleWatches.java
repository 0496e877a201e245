package dev.stowage.emulator.stale;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.app.WatchersByApp;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Collection;

/** The apps that are watched for stale values on behalf of tests in other processes. Thread-safe. */
public final class StaleWatches {

    private final WatchersByApp<StaleValues> watchers = new WatchersByApp<>();

    /**
     * Watches an app from now on. It replaces an earlier watch of the app.
     *
     * @param known constants of the app, which are never reported
     */
    public StaleValues watch(AppUnderTest app, Collection<?> known) {
        return watchers.begin(app, new StaleValues(known));
    }

    /** @throws StorageException {@code not_found} if the app is not watched */
    public StaleValues of(String appId) {
        return watchers.find(appId)
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "The app is not watched for stale values. Begin with PUT /_emulator/stale-values; a reset ends it."));
    }

    /** Ends the watch of an app, if there is one. */
    public void close(String appId) {
        watchers.close(appId);
    }

    /** Ends all watches. */
    public void closeAll() {
        watchers.closeAll();
    }
}
