package dev.stowage.emulator.sweep;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The sweeps whose tests run in other processes, at most one for each app. Thread-safe. */
public final class Sweeps {

    private static final int MAX_SWEEPS = 1_000;

    private final Map<String, SweepSession> byApp = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /**
     * Begins a sweep of an app. It replaces an earlier one.
     *
     * @param delay how long a {@code delay} fault delays an operation
     * @throws StorageException {@code invalid_request} if there are {@value #MAX_SWEEPS} sweeps
     */
    public SweepSession begin(AppUnderTest app, Sweep sweep, Duration delay) {
        if (byApp.size() >= MAX_SWEEPS && !byApp.containsKey(app.appId())) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "There are " + MAX_SWEEPS + " sweeps, which is the limit. Close some.");
        }
        SweepSession session = new SweepSession(lastId.incrementAndGet(), app, sweep, delay);
        SweepSession before = byApp.put(app.appId(), session);
        if (before != null) {
            before.close();
        }
        return session;
    }

    /** @throws StorageException {@code not_found} if it does not exist */
    public SweepSession get(long sweepId) {
        return byApp.values().stream()
                .filter(session -> session.sweepId() == sweepId)
                .findFirst()
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "The sweep " + sweepId
                                        + " does not exist, or it was closed: by DELETE, by a new one of the same app, or by a reset."));
    }

    /** Resets the app of a sweep between two runs, which does not end the sweep. */
    public void keepWhile(SweepSession session, Runnable reset) {
        byApp.remove(session.appId(), session);
        reset.run();
        byApp.putIfAbsent(session.appId(), session);
    }

    /** Closes the sweep of an app, if there is one. */
    public void close(String appId) {
        SweepSession session = byApp.remove(appId);
        if (session != null) {
            session.close();
        }
    }

    /** Closes all sweeps. */
    public void closeAll() {
        List.copyOf(byApp.keySet()).forEach(this::close);
    }
}
