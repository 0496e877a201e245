package dev.stowage.emulator.testing;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.interleaving.Account;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Store;
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
import java.util.function.UnaryOperator;

/**
 * The app of one test, with its installs and its storage. Operations through {@link #storage} are app calls. Operations through
 * an install's storage are test calls, which are not counted, held or hit by a fault. Thread-safe.
 */
public final class TestScope implements AutoCloseable {

    private final TestEmulator emulator;
    private final TestName test;
    private final App app;
    private final Map<String, App> otherApps = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<LateOperation> late = new ConcurrentLinkedQueue<>();
    private final WrappableStorage storage;
    private volatile Install first;
    private volatile OperationInterceptor interceptor = OperationInterceptor.NONE;
    private volatile boolean ended;

    TestScope(TestEmulator emulator, TestName test) {
        this.emulator = emulator;
        this.test = test;
        this.app = emulator.newApp(test.shortName());
        app.watch(new Watching(app));
        this.first = app.install();
        this.storage = new WrappableStorage(storageOf(this::install));
    }

    public TestName test() {
        return test;
    }

    public TestEmulator emulator() {
        return emulator;
    }

    public App app() {
        return app;
    }

    /** The current install of the app in the test's account. */
    public Install install() {
        return first.current();
    }

    /** The test's storage, which follows the current install. */
    public Storage storage() {
        return storage;
    }

    /**
     * Replaces a store of {@link #storage} by a wrapper, for example a spy. The wrapper is created when the store is next asked for;
     * stores that were asked for before are not replaced. The first wrapper of a store stays.
     */
    public void wrapStore(StoreName store, UnaryOperator<Store> wrapper) {
        storage.wrap(store, wrapper);
    }

    /** The storage that the app uses in this install's account, which follows the account's current install. */
    public Storage storageOf(Install install) {
        return storageOf(install::current);
    }

    private Storage storageOf(Supplier<Install> current) {
        Transport transport = new CurrentInstallTransport(current, emulator::transportTo);
        Account account = accountOf(current.get());
        return new TransportStorage((store, operation) -> {
            refuseIfEnded(store, operation);
            return interceptor.around(account, store, operation, () -> transport.execute(store, operation));
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
        return new Account(appName, owner.accountNumber(install.installId()));
    }

    /** Another app. The same name returns the same app. */
    public App otherApp(String name) {
        return otherApps.computeIfAbsent(name, given -> {
            App other = emulator.newApp(test.shortName() + "-" + given);
            other.watch(new Watching(other));
            return other;
        });
    }

    /** Notifies a watcher of the operations of the test's app from now on. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Sets the interceptor of the app's operations, in place of the one before. */
    public void intercept(OperationInterceptor other) {
        interceptor = other;
    }

    /** Resets the app for the next of several tests that share this scope: empty stores, no faults, a new install. */
    public void renew() {
        app.reset();
        first = app.install();
        emulator.loadInitialData(first);
    }

    /** Ends the test: held operations are released, and operations that arrive from now on are refused and recorded. */
    public void end() {
        ended = true;
        interceptor = OperationInterceptor.NONE;
        app.gate().open();
        app.faults().disarmAll();
    }

    /** Returns the operations that arrived after the end, each of them once. */
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
                store + "." + operation.name() + " of '" + operation.key() + "' arrived after " + test
                        + " had ended, and its install with it. Nothing was done. Wait for the app's threads before the test"
                        + " returns.");
    }

    /** Ends the test and removes the app with all its data. */
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

    /** Forwards events to the watchers, and refuses late operations. */
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
        public void done(Call call, Supplier<Optional<Reply>> reply) {
            watchers.forEach(watcher -> watcher.done(call, reply));
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
