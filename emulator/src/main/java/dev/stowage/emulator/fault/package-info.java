/**
 * Injected faults, selected by rules that count matching operations. Open {@link dev.stowage.emulator.fault.Faults} to arm one and
 * {@link dev.stowage.emulator.fault.Fault} for the kinds.
 */
@NullMarked
package dev.stowage.emulator.fault;

import org.jspecify.annotations.NullMarked;
