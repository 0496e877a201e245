package dev.stowage.emulator.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who watches which app. */
public final class Watchers {

    private static final Watcher NOBODY = new Watcher() {};

    private final Map<String, Watcher> byApp = new ConcurrentHashMap<>();

    /** The app's watcher; one that does nothing where there is none. */
    public Watcher of(String appId) {
        return byApp.isEmpty() ? NOBODY : byApp.getOrDefault(appId, NOBODY);
    }

    /** Has the app watched; by this watcher alone, in place of the one before. */
    public void set(String appId, Watcher watcher) {
        byApp.put(appId, watcher);
    }

    /** Has nobody watch the app any more. */
    public void remove(String appId) {
        byApp.remove(appId);
    }
}
