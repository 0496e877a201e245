/**
 * Operations as the journal, faults, gates and watchers see them: {@link dev.stowage.emulator.call.Call}, and {@link
 * dev.stowage.emulator.call.CallMatch} to select some of them.
 */
@NullMarked
package dev.stowage.emulator.call;

import org.jspecify.annotations.NullMarked;
