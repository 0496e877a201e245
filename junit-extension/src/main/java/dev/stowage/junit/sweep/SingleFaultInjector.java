package dev.stowage.junit.sweep;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.junit.scope.CallOrigin;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts the app's operations, and has the one at the place meet the fault. */
public final class SingleFaultInjector implements Watcher {

    private final TestScope scope;
    private final SweepRun run;
    private final Duration delay;
    private final List<String> came = new ArrayList<>();
    private int ended;
    private boolean happened;

    public SingleFaultInjector(TestScope scope, SweepRun run, Duration delay) {
        this.scope = scope;
        this.run = run;
        this.delay = delay;
        if (run.kind() == Kind.STALE_READ) {
            // The emulator keeps the previous version of a secret only while a rule can match it. This rule never
            // fires.
            scope.app()
                    .faults()
                    .arm(FaultRule.once(CallMatch.any(), FaultKinds.of(run.kind(), delay))
                            .after(Integer.MAX_VALUE));
        }
    }

    @Override
    public synchronized void arrived(Call call) {
        if (!CallOrigin.isAppCall(call)) {
            return;
        }
        came.add(InjectionPoint.name(call));
        if (came.size() == run.point()
                && run.isAt(
                        call.store(), call.operation().name(), call.operation().key())) {
            if (run.kind() != Kind.REINSTALL) {
                happened = arm(call);
            }
        }
    }

    private boolean arm(Call call) {
        Operation operation = call.operation();
        CallMatch match =
                CallMatch.any().store(call.store()).operation(operation.name()).key(operation.key());
        Fault fault = run.kind() == Kind.RACE ? FaultKinds.raceWith(operation) : FaultKinds.of(run.kind(), delay);
        scope.app().faults().arm(match, fault);
        return true;
    }

    @Override
    public void done(Call call, Supplier<Optional<Reply>> answer) {
        ended(call);
    }

    @Override
    public void refused(Call call) {
        ended(call);
    }

    /** A reinstall happens between two operations: with the next, the platform's storage is the new install's. */
    private void ended(Call call) {
        if (CallOrigin.isAppCall(call) && isLastBeforeReinstall()) {
            scope.install().reinstall();
        }
    }

    private synchronized boolean isLastBeforeReinstall() {
        ended++;
        boolean due = run.kind() == Kind.REINSTALL && ended == run.point() - 1;
        happened |= due;
        return due;
    }

    /** How the test did something else than in its dry run, up to where the fault was due; empty if it did the same. */
    public synchronized Optional<String> deviation() {
        if (happened && (run.kind() == Kind.REINSTALL || hasFired())) {
            return Optional.empty();
        }
        String instead = came.size() < run.point()
                ? "there were only " + came.size() + " operations"
                : "it was " + came.get(run.point() - 1);
        return Optional.of(
                "operation " + run.point() + " was " + run.call() + " without a fault, and with the fault armed "
                        + (happened ? "the fault could not happen to it" : instead));
    }

    private boolean hasFired() {
        return scope.app().faults().list().stream()
                .anyMatch(armed -> armed.rule().fault().kind() == run.kind() && armed.fired() > 0);
    }
}
