package dev.stowage.emulator.sweep;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.app.TestSession;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sweep whose test runs in another process, in any language: it asks for a run, executes it, and says that it has passed. */
public final class SweepSession implements TestSession {

    private final long sessionId;
    private final AppUnderTest app;
    private final Sweep sweep;
    private final Duration delay;
    private @Nullable Run current;
    private @Nullable Iterator<SweepRun> runs;
    private boolean isDone;

    public SweepSession(long sessionId, AppUnderTest app, Sweep sweep, Duration delay) {
        this.sessionId = sessionId;
        this.app = app;
        this.sweep = sweep;
        this.delay = delay;
    }

    /** A run, from its begin to its verdict. */
    private sealed interface Run {

        Watcher watcher();

        /** Why the run says nothing about the app; empty if it does. */
        Optional<String> problem();

        record WithoutFault(DryRun watcher) implements Run {
            @Override
            public Optional<String> problem() {
                return Optional.empty();
            }
        }

        record WithFault(SweepRun run, SingleFaultInjector watcher, Finding finding) implements Run {
            @Override
            public Optional<String> problem() {
                return watcher.deviation().map(finding::describeInvalid);
            }
        }
    }

    @Override
    public long sessionId() {
        return sessionId;
    }

    @Override
    public String appId() {
        return app.appId();
    }

    public Sweep sweep() {
        return sweep;
    }

    /** Whether there is no further run. */
    public synchronized boolean isDone() {
        return isDone;
    }

    /**
     * Takes the last run to have passed, and chooses the next one: two without a fault, then one for each fault.
     *
     * @throws StorageException {@code invalid_request} if the last run was not valid, or the two runs without a fault differ
     */
    public synchronized void passed() {
        Run last = current;
        if (last == null) {
            return;
        }
        app.removeWatcher(last.watcher());
        last.problem().ifPresent(problem -> {
            throw refused(problem);
        });
        if (last instanceof Run.WithoutFault dry) {
            sweep.passed(dry.watcher().points()).ifPresent(difference -> {
                throw refused("The test is not deterministic: " + difference
                        + ". A sweep injects faults by the number of the operation, so it ends here. Use fixed keys rather than"
                        + " random ones, keep no state from one run to the next, and await each operation.");
            });
            if (sweep.withoutFault().isEmpty()) {
                throw refused("The run made no storage operation, so there is nothing to inject a fault into.");
            }
        }
        current = null;
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }

    /** Begins the next run, on an app that was reset. Empty for a run without a fault, and when there is no further run. */
    public synchronized Optional<SweepRun> begin() {
        if (!sweep.isRepeatable()) {
            current = new Run.WithoutFault(new DryRun(app, sweep.kinds()));
            app.addWatcher(current.watcher());
            return Optional.empty();
        }
        if (runs == null) {
            try {
                runs = sweep.runs().iterator();
            } catch (IllegalArgumentException noSuchRun) {
                throw refused(String.valueOf(noSuchRun.getMessage()));
            }
        }
        if (!runs.hasNext()) {
            isDone = true;
            return Optional.empty();
        }
        SweepRun next = runs.next();
        SingleFaultInjector injector = new SingleFaultInjector(app, next, delay, false);
        current = new Run.WithFault(next, injector, new Finding(next, app, sweep));
        app.addWatcher(injector);
        return Optional.of(next);
    }

    /** Describes the current run, if it has a fault, for the message of a test that fails in it. */
    public synchronized Optional<Finding> finding() {
        return current instanceof Run.WithFault with ? Optional.of(with.finding()) : Optional.empty();
    }

    /** Why the current run says nothing about the app: its fault was not injected as planned. Empty if it does. */
    public synchronized Optional<String> problem() {
        return current == null ? Optional.empty() : current.problem();
    }

    /** Ends the current run. */
    @Override
    public synchronized void close() {
        if (current != null) {
            app.removeWatcher(current.watcher());
            current = null;
        }
    }
}
