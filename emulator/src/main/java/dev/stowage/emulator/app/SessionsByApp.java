package dev.stowage.emulator.app;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** The sessions of one kind, at most one for each app. Thread-safe. */
public final class SessionsByApp<S extends TestSession> {

    private static final int MAX_SESSIONS = 1_000;

    private final String kind;
    private final Map<String, S> byApp = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** @param kind for messages: {@code sweep} */
    public SessionsByApp(String kind) {
        this.kind = kind;
    }

    /**
     * Begins a session of an app. It replaces an earlier one.
     *
     * @param create creates the session with its id
     * @throws StorageException {@code invalid_request} if there are {@value #MAX_SESSIONS}
     */
    public S begin(String appId, LongFunction<S> create) {
        if (byApp.size() >= MAX_SESSIONS && !byApp.containsKey(appId)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "There are " + MAX_SESSIONS + " " + kind + "s, which is the limit. Close some.");
        }
        S session = create.apply(lastId.incrementAndGet());
        S before = byApp.put(appId, session);
        if (before != null) {
            before.close();
        }
        return session;
    }

    /** @throws StorageException {@code not_found} if it does not exist */
    public S get(long sessionId) {
        return byApp.values().stream()
                .filter(session -> session.sessionId() == sessionId)
                .findFirst()
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "The " + kind + " " + sessionId
                                        + " does not exist, or it was closed: by DELETE, by a new one of the same app, or by a reset."));
    }

    /** Resets the app of a session between two runs of the test, which does not end the session. */
    public void keepWhile(S session, Runnable reset) {
        byApp.remove(session.appId(), session);
        reset.run();
        byApp.putIfAbsent(session.appId(), session);
    }

    /** Closes the session of an app, if there is one. */
    public void close(String appId) {
        S session = byApp.remove(appId);
        if (session != null) {
            session.close();
        }
    }

    /** Closes all sessions. */
    public void closeAll() {
        List.copyOf(byApp.keySet()).forEach(this::close);
    }
}
