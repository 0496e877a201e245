package dev.stowage.emulator.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The watchers, by app: the one that a test sets, and those that sweeps and explorations add beside it. */
public final class Watchers {

    private static final Watcher NONE = new Watcher() {};

    private final Map<String, WatchersOfApp> byApp = new ConcurrentHashMap<>();

    /** Returns a watcher that calls all watchers of the app, or one that does nothing if it has none. */
    public Watcher of(String appId) {
        WatchersOfApp watchers = byApp.isEmpty() ? null : byApp.get(appId);
        return watchers == null ? NONE : watchers;
    }

    /** Whether no app has a watcher. */
    public boolean areNone() {
        return byApp.isEmpty();
    }

    /** Sets the watcher of the app's test. It replaces the previous one. */
    public void set(String appId, Watcher watcher) {
        change(appId, before -> new WatchersOfApp(List.of(watcher), before.added()));
    }

    /** Removes the watcher of the app's test. */
    public void remove(String appId) {
        change(appId, before -> new WatchersOfApp(List.of(), before.added()));
    }

    /** Adds a watcher beside the one of the app's test. */
    public void add(String appId, Watcher watcher) {
        change(appId, before -> {
            List<Watcher> more = new ArrayList<>(before.added());
            more.add(watcher);
            return new WatchersOfApp(before.ofTest(), more);
        });
    }

    /** Removes a watcher that was added. */
    public void remove(String appId, Watcher watcher) {
        change(appId, before -> {
            List<Watcher> fewer = new ArrayList<>(before.added());
            fewer.remove(watcher);
            return new WatchersOfApp(before.ofTest(), fewer);
        });
    }

    private void change(String appId, UnaryOperator<WatchersOfApp> change) {
        byApp.compute(appId, (id, before) -> {
            WatchersOfApp after = change.apply(before == null ? WatchersOfApp.EMPTY : before);
            return after.all().isEmpty() ? null : after;
        });
    }

    /** Removes the watchers of an app that was reset, and calls {@link Watcher#reset} of each. */
    public void reset(String appId) {
        WatchersOfApp removed = byApp.remove(appId);
        if (removed != null) {
            removed.reset();
        }
    }

    /** Removes all watchers, and calls {@link Watcher#reset} of each. */
    public void reset() {
        List.copyOf(byApp.keySet()).forEach(this::reset);
    }
}
