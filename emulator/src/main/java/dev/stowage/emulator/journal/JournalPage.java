package dev.stowage.emulator.journal;

import java.util.List;

/**
 * A page of the journal.
 *
 * @param entries the entries, in order
 * @param dropped how many of the requested operations the journal no longer holds, counting all apps
 * @param next the sequence to pass for the next page
 */
public record JournalPage(List<JournalEntry> entries, long dropped, long next) {}
