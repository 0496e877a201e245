package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallSummary;

/** A position in the journal: reserved by an operation that is not finished, or a {@link JournalEntry}. */
public interface JournalSlot {

    long sequence();

    CallSummary call();
}
