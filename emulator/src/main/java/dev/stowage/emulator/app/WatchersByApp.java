package dev.stowage.emulator.app;

import dev.stowage.emulator.watch.Watcher;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The watchers of one kind, at most one for each app. Thread-safe. */
public final class WatchersByApp<W extends Watcher> {

    private record Watched<W>(AppUnderTest app, W watcher) {}

    private final Map<String, Watched<W>> byApp = new ConcurrentHashMap<>();

    /** Tells the watcher the installs of the app, and adds it to the app in place of the one before. */
    public W begin(AppUnderTest app, W watcher) {
        close(app.appId());
        app.activeInstalls().forEach(watcher::installed);
        byApp.put(app.appId(), new Watched<>(app, watcher));
        app.addWatcher(watcher);
        return watcher;
    }

    /** Returns the watcher of an app; empty if it has none. */
    public Optional<W> find(String appId) {
        return Optional.ofNullable(byApp.get(appId)).map(Watched::watcher);
    }

    /** Ends the watch of an app, if there is one. */
    public void close(String appId) {
        Watched<W> watched = byApp.remove(appId);
        if (watched != null) {
            watched.app().removeWatcher(watched.watcher());
        }
    }

    /** Ends all watches. */
    public void closeAll() {
        byApp.keySet().forEach(this::close);
    }
}
