package dev.stowage.emulator.fault;

/**
 * An armed rule and its counts at the time of the query.
 *
 * @param matched how many operations have matched the rule
 * @param fired how many of them the fault was injected into
 */
public record ArmedFault(long faultId, FaultRule rule, long matched, long fired) {}
