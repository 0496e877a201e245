package dev.stowage.contract.call;

/** A number written in a certain way, such as {@code 1e0}: only the wire protocol can express it. */
public record RawJson(String json) {}
