/**
 * What each operation does: pure functions from a record and a time to a change and a result. Open {@link
 * dev.stowage.emulator.operation.OperationDispatcher}, and {@link dev.stowage.emulator.operation.RequestValidator} for what is
 * rejected before a record is looked at. There is no store, clock, lock or JSON in this package.
 */
@NullMarked
package dev.stowage.emulator.operation;

import org.jspecify.annotations.NullMarked;
