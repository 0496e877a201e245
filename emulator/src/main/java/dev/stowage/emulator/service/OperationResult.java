package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Result;
import java.util.OptionalLong;

/**
 * The result of an operation that was carried out.
 *
 * @param version the record's version after the operation; 0 if there is no record
 * @param ttlSeconds the remaining ttl in seconds, if the operation was a read of a record that expires
 */
public record OperationResult(Result result, long version, OptionalLong ttlSeconds) {}
