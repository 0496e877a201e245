package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.CallMatch;

/**
 * When a fault happens: of the operations that match, the first {@code skip} pass, and the next {@code times} meet it.
 *
 * @param skip 0 or more
 * @param times 1 or more
 */
public record FaultRule(CallMatch match, int skip, int times, Fault fault) {

    /** The next operation that matches meets the fault, once. */
    public static FaultRule once(CallMatch match, Fault fault) {
        return new FaultRule(match, 0, 1, fault);
    }

    /** The same after so many operations that pass. */
    public FaultRule after(int passing) {
        return new FaultRule(match, passing, times, fault);
    }

    /** The same for so many operations in a row. */
    public FaultRule times(int meeting) {
        return new FaultRule(match, skip, meeting, fault);
    }
}
