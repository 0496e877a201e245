package dev.stowage.emulator.sweep;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallOrigin;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Injects the fault of one run: it counts the app's operations and arms the fault at the injection point. */
public final class SingleFaultInjector implements Watcher {

    private final AppUnderTest app;
    private final SweepRun run;
    private final Duration delay;
    private final boolean reinstallsBetween;
    private final List<String> arrived = new ArrayList<>();
    private int ended;
    private boolean injected;

    /**
     * @param reinstallsBetween whether a reinstall happens after the operation before the injection point, so that the next one is of
     *     the new install. Otherwise that operation is refused, as that of an app which has the old install's key
     */
    public SingleFaultInjector(AppUnderTest app, SweepRun run, Duration delay, boolean reinstallsBetween) {
        this.reinstallsBetween = reinstallsBetween;
        this.app = app;
        this.run = run;
        this.delay = delay;
        if (run.kind() == Kind.STALE_READ) {
            // The emulator keeps the previous version of a secret only while a rule can match it. This rule never
            // fires.
            app.faults()
                    .arm(FaultRule.once(CallMatch.any(), FaultKinds.of(run.kind(), delay))
                            .after(Integer.MAX_VALUE));
        }
    }

    @Override
    public synchronized void arrived(Call call) {
        if (!CallOrigin.isAppCall(call)) {
            return;
        }
        arrived.add(InjectionPoint.name(call));
        if (arrived.size() == run.point()
                && run.isAt(
                        call.store(), call.operation().name(), call.operation().key())) {
            if (run.kind() != Kind.REINSTALL || !reinstallsBetween) {
                injected = arm(call);
            }
        }
    }

    private boolean arm(Call call) {
        Operation operation = call.operation();
        CallMatch match =
                CallMatch.any().store(call.store()).operation(operation.name()).key(operation.key());
        Fault fault = run.kind() == Kind.RACE ? FaultKinds.raceWith(operation) : FaultKinds.of(run.kind(), delay);
        app.faults().arm(match, fault);
        return true;
    }

    @Override
    public void done(Call call, Supplier<Optional<Reply>> reply) {
        ended(call);
    }

    @Override
    public void refused(Call call) {
        ended(call);
    }

    /** Reinstalls the app after the operation before the injection point, so that the next one uses the new install. */
    private void ended(Call call) {
        if (CallOrigin.isAppCall(call) && isLastBeforeReinstall()) {
            app.reinstall();
        }
    }

    private synchronized boolean isLastBeforeReinstall() {
        ended++;
        boolean isLast = run.kind() == Kind.REINSTALL && reinstallsBetween && ended == run.point() - 1;
        injected |= isLast;
        return isLast;
    }

    /** How the operations up to the injection point differed from the run without a fault; empty if they did not. */
    public synchronized Optional<String> deviation() {
        if (injected && (run.kind() == Kind.REINSTALL || hasFired())) {
            return Optional.empty();
        }
        String actual = arrived.size() < run.point()
                ? "there were only " + arrived.size() + " operations"
                : "it was " + arrived.get(run.point() - 1);
        return Optional.of(
                "operation " + run.point() + " was " + run.call() + " in the run without a fault, but in this run "
                        + (injected ? "the fault could not happen to it" : actual));
    }

    private boolean hasFired() {
        return app.faults().list().stream()
                .anyMatch(armed -> armed.rule().fault().kind() == run.kind() && armed.fired() > 0);
    }
}
