package dev.stowage.emulator.advice;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The advisors, at most one for each app. Thread-safe. */
public final class Advisors {

    private record Advised(AppUnderTest app, Advisor advisor) {}

    private final Map<String, Advised> byApp = new ConcurrentHashMap<>();
    private final int maxRecordBytes;

    public Advisors(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Looks at an app's operations from now on. Replaces an earlier advisor of the app. */
    public Advisor begin(AppUnderTest app, AdviceScope scope) {
        close(app.appId());
        Advisor advisor = new Advisor(() -> app.clock().instant(), maxRecordBytes, scope, false);
        app.activeInstalls().forEach(advisor::installed);
        byApp.put(app.appId(), new Advised(app, advisor));
        app.addWatcher(advisor);
        return advisor;
    }

    /** Returns the advisor of an app; empty if it has none. */
    public Optional<Advisor> find(String appId) {
        return Optional.ofNullable(byApp.get(appId)).map(Advised::advisor);
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
        Advised advised = byApp.remove(appId);
        if (advised != null) {
            advised.app().removeWatcher(advised.advisor());
        }
    }

    /** Ends all advisors. */
    public void closeAll() {
        byApp.keySet().forEach(this::close);
    }
}
