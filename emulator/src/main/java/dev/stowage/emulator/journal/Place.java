package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallName;

/** A place in the journal: drawn by an operation that is under way, or filled by a {@link JournalEntry}. */
public interface Place {

    long sequence();

    CallName call();
}
