/**
 * What happened, operation by operation: {@link dev.stowage.emulator.journal.Journal}. Names, outcomes and versions; never a
 * value.
 */
@NullMarked
package dev.stowage.emulator.journal;

import org.jspecify.annotations.NullMarked;
