package dev.stowage.emulator.watch;

import dev.stowage.emulator.call.Call;
import dev.stowage.storage.operation.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The watchers of one app, called one after the other.
 *
 * @param ofTest the watcher of the app's test; empty or one
 * @param added the watchers beside it
 */
record WatchersOfApp(List<Watcher> ofTest, List<Watcher> added, List<Watcher> all) implements Watcher {

    static final WatchersOfApp EMPTY = new WatchersOfApp(List.of(), List.of());

    WatchersOfApp(List<Watcher> ofTest, List<Watcher> added) {
        this(
                ofTest,
                List.copyOf(added),
                Stream.concat(ofTest.stream(), added.stream()).toList());
    }

    @Override
    public void arrived(Call call) {
        all.forEach(watcher -> watcher.arrived(call));
    }

    @Override
    public void done(Call call, Supplier<Optional<Reply>> reply) {
        all.forEach(watcher -> watcher.done(call, reply));
    }

    @Override
    public void refused(Call call) {
        all.forEach(watcher -> watcher.refused(call));
    }

    @Override
    public void installed(long installId, String trackerId) {
        all.forEach(watcher -> watcher.installed(installId, trackerId));
    }

    @Override
    public void pluginDataSet(String context, String json) {
        all.forEach(watcher -> watcher.pluginDataSet(context, json));
    }

    @Override
    public void reset() {
        all.forEach(Watcher::reset);
    }
}
