package dev.stowage.junit;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.junit.sweep.SweepRun;
import java.util.Optional;

/**
 * What goes wrong in this run of a {@link FaultSweep}; a parameter for a test that expects something else then.
 *
 * @param run empty where nothing goes wrong: in the first two runs
 */
public record SweptFault(Optional<SweepRun> run) {

    /** The kind of the fault; empty where nothing goes wrong. */
    public Optional<Fault.Kind> kind() {
        return run.map(SweepRun::kind);
    }

    public boolean is(Fault.Kind kind) {
        return kind().equals(Optional.of(kind));
    }

    /** What the app does at the place where it goes wrong, {@code secrets.put utoken}; empty where nothing does. */
    public Optional<String> call() {
        return run.map(SweepRun::call);
    }

    @Override
    public String toString() {
        return run.map(SweepRun::toString).orElse("no fault");
    }
}
