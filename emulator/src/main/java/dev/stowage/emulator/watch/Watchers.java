package dev.stowage.emulator.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The watchers, by app. */
public final class Watchers {

    private static final Watcher NOBODY = new Watcher() {};

    private final Map<String, Watcher> byApp = new ConcurrentHashMap<>();

    /** Returns the app's watcher, or a watcher that does nothing if the app has none. */
    public Watcher of(String appId) {
        return byApp.isEmpty() ? NOBODY : byApp.getOrDefault(appId, NOBODY);
    }

    /** Registers the app's watcher. It replaces the previous one. */
    public void set(String appId, Watcher watcher) {
        byApp.put(appId, watcher);
    }

    /** Removes the app's watcher. */
    public void remove(String appId) {
        byApp.remove(appId);
    }
}
