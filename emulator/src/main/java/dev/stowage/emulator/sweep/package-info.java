/**
 * Fault sweeps: which faults can be injected at which of a test's operations. Open {@link dev.stowage.emulator.sweep.DryRun}, which
 * finds the injection points, and {@link dev.stowage.emulator.sweep.SingleFaultInjector}, which injects one fault in a run.
 */
@NullMarked
package dev.stowage.emulator.sweep;

import org.jspecify.annotations.NullMarked;
