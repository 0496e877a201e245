/**
 * Callbacks for each operation of an app, with its values: {@link dev.stowage.emulator.watch.Watcher}. For names and outcomes
 * without values, use the journal.
 */
@NullMarked
package dev.stowage.emulator.watch;

import org.jspecify.annotations.NullMarked;
