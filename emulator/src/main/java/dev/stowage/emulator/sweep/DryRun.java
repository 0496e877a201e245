package dev.stowage.emulator.sweep;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallOrigin;
import dev.stowage.emulator.fault.ArmedFault;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.Hash;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Watches a test without a fault and collects its injection points. To find the kinds of fault that are possible at a point, it
 * arms one rule of each kind that counts the operations it applies to but never fires.
 */
public final class DryRun implements Watcher {

    private static final Hash ANYTHING = Hash.of("any", 1);

    private final AppUnderTest app;
    private final Set<Kind> wanted;
    private final Map<Long, Kind> probes;
    private final Map<Kind, Long> counted = new EnumMap<>(Kind.class);
    private final List<InjectionPoint> points = new ArrayList<>();

    /** @param wanted the kinds of fault of the sweep */
    public DryRun(AppUnderTest app, Collection<Kind> wanted) {
        this.app = app;
        this.wanted = Set.copyOf(wanted);
        this.probes = new HashMap<>();
        for (Kind kind : wanted) {
            if (kind != Kind.REINSTALL) {
                FaultRule probe = FaultRule.once(CallMatch.any(), example(kind)).after(Integer.MAX_VALUE);
                probes.put(app.faults().arm(probe).faultId(), kind);
            }
        }
    }

    private static Fault example(Kind kind) {
        return kind == Kind.RACE
                ? new Fault.Race(Fault.Race.Write.patch(ANYTHING))
                : FaultKinds.of(kind, Duration.ZERO);
    }

    @Override
    public void done(Call call, Supplier<Optional<Reply>> reply) {
        record(call);
    }

    @Override
    public void refused(Call call) {
        record(call);
    }

    private synchronized void record(Call call) {
        Set<Kind> possible = newlyCounted();
        if (CallOrigin.isAppCall(call)) {
            if (!replacesOrPatchesRecord(call.operation())) {
                possible.remove(Kind.RACE);
            }
            if (!namesVersion(call.operation())) {
                possible.remove(Kind.CONFLICT);
            }
            if (wanted.contains(Kind.REINSTALL)
                    && !points.isEmpty()
                    && call.installId().isPresent()) {
                possible.add(Kind.REINSTALL);
            }
            points.add(new InjectionPoint(
                    points.size() + 1,
                    call.store(),
                    call.operation().name(),
                    call.operation().key(),
                    possible));
        }
    }

    /** In a race, another client makes the same put or patch; increments, list and set operations lose nothing to it. */
    private static boolean replacesOrPatchesRecord(Operation operation) {
        return operation instanceof Operation.Put || operation instanceof Operation.Patch;
    }

    /** LIN-2: a write that names no version has nothing to conflict with. An updater's write names the version that it read. */
    private static boolean namesVersion(Operation operation) {
        return (operation instanceof Operation.Put put && put.ifVersion().isPresent())
                || (operation instanceof Operation.Patch patch
                        && patch.ifVersion().isPresent())
                || (operation instanceof Operation.Delete delete
                        && delete.ifVersion().isPresent());
    }

    private Set<Kind> newlyCounted() {
        Set<Kind> possible = EnumSet.noneOf(Kind.class);
        for (ArmedFault armed : app.faults().list()) {
            Kind kind = probes.get(armed.faultId());
            if (kind != null && armed.matched() > counted.getOrDefault(kind, 0L)) {
                counted.put(kind, armed.matched());
                possible.add(kind);
            }
        }
        return possible;
    }

    /** The injection points so far, in order. */
    public synchronized List<InjectionPoint> points() {
        return List.copyOf(points);
    }
}
