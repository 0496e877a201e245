package dev.stowage.junit.scope;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * An app of the test's own, with one install to begin with. Operations go through {@link #storage}; who looks at the stores
 * with a test's own hand uses an install's, which nobody counts, holds or disturbs. Safe for many threads at once.
 */
public final class TestScope implements AutoCloseable {

    private final TestEmulator emulator;
    private final TestName test;
    private final App app;
    private final Map<String, App> otherApps = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<LateOperation> late = new ConcurrentLinkedQueue<>();
    private final Storage storage;
    private volatile Install first;
    private volatile OperationInterceptor interceptor = OperationInterceptor.NONE;
    private volatile boolean ended;

    TestScope(TestEmulator emulator, TestName test) {
        this.emulator = emulator;
        this.test = test;
        this.app = emulator.newApp(test.shortName());
        app.watch(new Watching(app));
        this.first = app.install();
        this.storage = storageOf(this::install);
    }

    public TestName test() {
        return test;
    }

    public TestEmulator server() {
        return emulator;
    }

    public App app() {
        return app;
    }

    /** The install that the app has in the test's account now. */
    public Install install() {
        return first.current();
    }

    /** The test's storage; it follows the current install. */
    public Storage storage() {
        return storage;
    }

    /** The storage that the app would have in this install's account; it follows the account's current install. */
    public Storage storageOf(Install install) {
        return storageOf(install::current);
    }

    private Storage storageOf(Supplier<Install> current) {
        Transport following = new CurrentInstallTransport(current, emulator::transportTo);
        Account account = accountOf(current.get());
        return new TransportStorage((store, operation) -> {
            refuseIfEnded(store, operation);
            return interceptor.around(account, store, operation, () -> following.execute(store, operation));
        });
    }

    private Account accountOf(Install install) {
        String appName = "";
        App owner = app;
        for (Map.Entry<String, App> other : otherApps.entrySet()) {
            if (other.getValue().appId().equals(install.appId())) {
                appName = other.getKey();
                owner = other.getValue();
            }
        }
        List<String> accounts =
                owner.installs().stream().map(Install::trackerId).distinct().toList();
        return new Account(appName, accounts.indexOf(install.trackerId()));
    }

    /** Another app, for what must not be seen here; the same name answers the same app. */
    public App otherApp(String name) {
        return otherApps.computeIfAbsent(name, given -> {
            App other = emulator.newApp(test.shortName() + "-" + given);
            other.watch(new Watching(other));
            return other;
        });
    }

    /** Has somebody see the operations of the test's app from now on. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Puts something between the app and its stores, in place of what was there. */
    public void intercept(OperationInterceptor other) {
        interceptor = other;
    }

    /** Begins anew for the next of several tests that share this scope: empty stores, no faults, another install. */
    public void renew() {
        app.reset();
        first = app.install();
        emulator.seed(first);
    }

    /** Ends the test's time: whoever is held goes on, and operations that come from now on are refused and remembered. */
    public void end() {
        ended = true;
        interceptor = OperationInterceptor.NONE;
        app.gate().open();
        app.faults().disarmAll();
    }

    /** What came after the end so far, and is asked for the first time. */
    public List<LateOperation> takeLate() {
        List<LateOperation> taken = List.copyOf(late);
        late.removeAll(taken);
        return taken;
    }

    private void refuseIfEnded(StoreName store, Operation operation) {
        if (ended) {
            late.add(new LateOperation(
                    test,
                    store,
                    operation.name(),
                    operation.key(),
                    List.of(Thread.currentThread().getStackTrace())));
            throw refusal(store, operation);
        }
    }

    private StorageException refusal(StoreName store, Operation operation) {
        return new StorageException(
                ErrorCode.INSTALL_REVOKED,
                store + "." + operation.name() + " of '" + operation.key() + "' came after " + test
                        + " had ended, and its install with it. Nothing was done: wait for the app's threads before the test"
                        + " returns.");
    }

    /** Forgets the app with all it has. */
    @Override
    public void close() {
        end();
        app.unwatch();
        app.reset();
        otherApps.values().forEach(other -> {
            other.unwatch();
            other.reset();
        });
    }

    /** Passes on what happens, and refuses what comes too late. */
    private final class Watching implements Watcher {

        private final App watched;

        Watching(App watched) {
            this.watched = watched;
        }

        /** A test may reset its app; until the test has ended, the watcher sees the app after that, too. */
        @Override
        public void reset() {
            if (!ended) {
                watched.watch(this);
            }
        }

        @Override
        public void arrived(Call call) {
            if (ended) {
                late.add(new LateOperation(
                        test,
                        call.store(),
                        call.operation().name(),
                        call.operation().key(),
                        List.of()));
                throw refusal(call.store(), call.operation());
            }
            watchers.forEach(watcher -> watcher.arrived(call));
        }

        @Override
        public void done(Call call, Supplier<Optional<Reply>> answer) {
            watchers.forEach(watcher -> watcher.done(call, answer));
        }

        @Override
        public void refused(Call call) {
            watchers.forEach(watcher -> watcher.refused(call));
        }

        @Override
        public void installed(long installId, String trackerId) {
            watchers.forEach(watcher -> watcher.installed(installId, trackerId));
        }
    }
}
