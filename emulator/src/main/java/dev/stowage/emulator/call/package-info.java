/**
 * An operation as those see it who watch, hold back or disturb operations: {@link dev.stowage.emulator.call.Call}, and {@link
 * dev.stowage.emulator.call.CallMatch} to say which ones are meant.
 */
@NullMarked
package dev.stowage.emulator.call;

import org.jspecify.annotations.NullMarked;
