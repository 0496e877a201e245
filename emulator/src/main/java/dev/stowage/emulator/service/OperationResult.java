package dev.stowage.emulator.service;

import dev.stowage.emulator.operation.Result;
import java.util.OptionalLong;

/**
 * What an operation that was carried out answers.
 *
 * @param version the record's version after it; 0 where there is none
 * @param ttlSeconds what is left of the ttl, where the operation was a read of a record that expires
 */
public record OperationResult(Result result, long version, OptionalLong ttlSeconds) {}
