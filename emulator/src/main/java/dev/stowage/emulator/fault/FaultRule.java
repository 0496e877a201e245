package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.CallMatch;

/**
 * Selects the operations that a fault is injected into: of the operations that match, the first {@code skip} pass without it
 * and the next {@code times} get it.
 *
 * @param skip 0 or more
 * @param times 1 or more
 */
public record FaultRule(CallMatch match, int skip, int times, Fault fault) {

    /** Injects the fault once, into the next operation that matches. */
    public static FaultRule once(CallMatch match, Fault fault) {
        return new FaultRule(match, 0, 1, fault);
    }

    /** Returns the rule with another {@code skip}. */
    public FaultRule after(int skipped) {
        return new FaultRule(match, skipped, times, fault);
    }

    /** Returns the rule with another {@code times}. */
    public FaultRule times(int count) {
        return new FaultRule(match, skip, count, fault);
    }
}
