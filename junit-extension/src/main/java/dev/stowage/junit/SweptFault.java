package dev.stowage.junit;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.sweep.SweepRun;
import java.util.Optional;

/**
 * The fault of the current run of a {@link FaultSweep}: a parameter for tests whose expectation depends on the fault.
 *
 * @param run empty in the first two runs, which have no fault
 */
public record SweptFault(Optional<SweepRun> run) {

    /** The kind of the fault; empty in a run without a fault. */
    public Optional<Fault.Kind> kind() {
        return run.map(SweepRun::kind);
    }

    /** True if this run has a fault of this kind. */
    public boolean is(Fault.Kind kind) {
        return kind().equals(Optional.of(kind));
    }

    /** The operation that is hit by the fault, such as {@code secrets.put utoken}; empty in a run without a fault. */
    public Optional<String> call() {
        return run.map(SweepRun::call);
    }

    @Override
    public String toString() {
        return run.map(SweepRun::toString).orElse("no fault");
    }
}
