/**
 * Time as a parameter: {@link dev.stowage.emulator.time.EmulatorClock} is the only clock that expiry knows.
 */
@NullMarked
package dev.stowage.emulator.time;

import org.jspecify.annotations.NullMarked;
