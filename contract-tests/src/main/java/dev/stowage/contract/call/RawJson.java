package dev.stowage.contract.call;

/** A value in a spelling of its own, such as {@code 1e0}: only a raw wire can say it. */
public record RawJson(String json) {}
