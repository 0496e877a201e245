/**
 * The emulator, in process. Open {@link dev.stowage.emulator.Emulator} to start one and {@link
 * dev.stowage.emulator.EmulatorConfig} for its options.
 */
@NullMarked
package dev.stowage.emulator;

import org.jspecify.annotations.NullMarked;
