package dev.stowage.emulator.interleaving;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The explorations whose actors are clients, at most one for each app. Thread-safe. */
public final class Explorations {

    private static final int MAX_EXPLORATIONS = 1_000;

    private final Map<String, ExplorationSession> byApp = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /**
     * Begins an exploration of an app. It replaces an earlier one.
     *
     * @throws StorageException {@code invalid_request} if there are {@value #MAX_EXPLORATIONS} explorations
     */
    public ExplorationSession begin(AppUnderTest app, List<String> actors, Orders orders, Duration deadline) {
        if (byApp.size() >= MAX_EXPLORATIONS && !byApp.containsKey(app.appId())) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "There are " + MAX_EXPLORATIONS + " explorations, which is the limit. Close some.");
        }
        ExplorationSession session = new ExplorationSession(lastId.incrementAndGet(), app, actors, orders, deadline);
        ExplorationSession before = byApp.put(app.appId(), session);
        if (before != null) {
            before.close();
        }
        return session;
    }

    /** @throws StorageException {@code not_found} if it does not exist */
    public ExplorationSession get(long explorationId) {
        return byApp.values().stream()
                .filter(session -> session.explorationId() == explorationId)
                .findFirst()
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "The exploration " + explorationId
                                        + " does not exist, or it was closed: by DELETE, by a new one of the same app, or by a reset."));
    }

    /** Resets the app of an exploration between two orders, which does not end the exploration. */
    public void keepWhile(ExplorationSession session, Runnable reset) {
        byApp.remove(session.appId(), session);
        reset.run();
        byApp.putIfAbsent(session.appId(), session);
    }

    /** Closes the exploration of an app, if there is one. */
    public void close(String appId) {
        ExplorationSession session = byApp.remove(appId);
        if (session != null) {
            session.close();
        }
    }

    /** Closes all explorations. */
    public void closeAll() {
        List.copyOf(byApp.keySet()).forEach(this::close);
    }
}
