package dev.stowage.emulator.watch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The watchers, by app. */
public final class Watchers {

    private static final Watcher NONE = new Watcher() {};

    private final Map<String, Watcher> byApp = new ConcurrentHashMap<>();

    /** Returns the app's watcher, or a watcher that does nothing if the app has none. */
    public Watcher of(String appId) {
        return byApp.isEmpty() ? NONE : byApp.getOrDefault(appId, NONE);
    }

    /** Registers the app's watcher. It replaces the previous one. */
    public void set(String appId, Watcher watcher) {
        byApp.put(appId, watcher);
    }

    /** Removes the app's watcher. */
    public void remove(String appId) {
        byApp.remove(appId);
    }

    /** Removes the watcher of an app that was reset, and calls {@link Watcher#reset}. */
    public void reset(String appId) {
        Watcher removed = byApp.remove(appId);
        if (removed != null) {
            removed.reset();
        }
    }

    /** Removes all watchers, and calls {@link Watcher#reset} of each. */
    public void reset() {
        List.copyOf(byApp.keySet()).forEach(this::reset);
    }
}
