package dev.stowage.emulator.advice;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.app.WatchersByApp;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Optional;

/** The advisors, at most one for each app. Thread-safe. */
public final class Advisors {

    private final WatchersByApp<Advisor> watchers = new WatchersByApp<>();
    private final int maxRecordBytes;

    public Advisors(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Looks at an app's operations from now on. Replaces an earlier advisor of the app. */
    public Advisor begin(AppUnderTest app, AdviceScope scope) {
        return watchers.begin(app, new Advisor(() -> app.clock().instant(), maxRecordBytes, scope, false));
    }

    /** Returns the advisor of an app; empty if it has none. */
    public Optional<Advisor> find(String appId) {
        return watchers.find(appId);
    }

    /** @throws StorageException {@code not_found} if the app has no advisor */
    public Advisor of(String appId) {
        return find(appId)
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "Nobody looks at the operations of this app. Begin with PUT /_emulator/advice; a reset ends it."));
    }

    /** Ends the advisor of an app, if there is one. */
    public void close(String appId) {
        watchers.close(appId);
    }

    /** Ends all advisors. */
    public void closeAll() {
        watchers.closeAll();
    }
}
