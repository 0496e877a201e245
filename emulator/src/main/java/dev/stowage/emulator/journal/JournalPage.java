package dev.stowage.emulator.journal;

import java.util.List;

/**
 * What a journal answers.
 *
 * @param entries in order
 * @param dropped how many operations behind the one asked for are not in the journal any more, of whatever app
 * @param next the sequence to ask after for what comes next
 */
public record JournalPage(List<JournalEntry> entries, long dropped, long next) {}
