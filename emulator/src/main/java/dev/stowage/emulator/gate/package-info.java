/**
 * The seam where a test holds operations until it lets them go: {@link dev.stowage.emulator.gate.Gate}.
 */
@NullMarked
package dev.stowage.emulator.gate;

import org.jspecify.annotations.NullMarked;
