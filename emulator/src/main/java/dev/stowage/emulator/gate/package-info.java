/**
 * Holding operations until a test releases them. Open {@link dev.stowage.emulator.gate.Gate}.
 */
@NullMarked
package dev.stowage.emulator.gate;

import org.jspecify.annotations.NullMarked;
