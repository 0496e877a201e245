/**
 * What goes wrong on the real platform once a week, on demand: rules that are matched by counting. Open {@link
 * dev.stowage.emulator.fault.Faults} to arm them and {@link dev.stowage.emulator.fault.Fault} for what there is.
 */
@NullMarked
package dev.stowage.emulator.fault;

import org.jspecify.annotations.NullMarked;
