package dev.stowage.emulator.fault;

/**
 * The fault to inject into an operation.
 *
 * @param faultId the id of the rule
 */
public record MatchedFault(long faultId, Fault fault) {}
