/**
 * The journal of executed operations: names, outcomes and versions, never values. Open {@link
 * dev.stowage.emulator.journal.Journal} to read it and {@link dev.stowage.emulator.journal.OperationJournal} for how it is kept.
 */
@NullMarked
package dev.stowage.emulator.journal;

import org.jspecify.annotations.NullMarked;
