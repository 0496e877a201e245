/**
 * The emulator of an installable app's storage, in process. Open {@link dev.stowage.emulator.Emulator}, and {@link
 * dev.stowage.emulator.EmulatorConfig} for what can be chosen.
 */
@NullMarked
package dev.stowage.emulator;

import org.jspecify.annotations.NullMarked;
