/**
 * What the operations do: pure functions from a record and a moment to a change and an answer, which is the contract in
 * code. Open {@link dev.stowage.emulator.operation.Contract}; no store, clock, lock or JSON comes in here.
 */
@NullMarked
package dev.stowage.emulator.operation;

import org.jspecify.annotations.NullMarked;
