/**
 * What each operation does: pure functions from a record and a time to a change and a result. Open {@link
 * dev.stowage.emulator.operation.OperationDispatcher}, and {@link dev.stowage.emulator.operation.RequestValidator} for the
 * checks before a record is read. This package uses no record store, clock, lock or JSON.
 */
@NullMarked
package dev.stowage.emulator.operation;

import org.jspecify.annotations.NullMarked;
