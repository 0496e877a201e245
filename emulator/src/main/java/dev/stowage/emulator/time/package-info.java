/**
 * Time as a parameter. Open {@link dev.stowage.emulator.time.EmulatorClock}, the clock that decides what has expired.
 */
@NullMarked
package dev.stowage.emulator.time;

import org.jspecify.annotations.NullMarked;
