package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallSummary;

/** A place in the journal: drawn by an operation that is under way, or filled by a {@link JournalEntry}. */
public interface JournalSlot {

    long sequence();

    CallSummary call();
}
