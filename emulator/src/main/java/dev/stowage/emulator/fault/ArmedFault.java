package dev.stowage.emulator.fault;

/**
 * A rule that was armed, as it stood when it was asked for.
 *
 * @param matched how many operations matched it so far
 * @param fired how many of them met the fault
 */
public record ArmedFault(long faultId, FaultRule rule, long matched, long fired) {}
