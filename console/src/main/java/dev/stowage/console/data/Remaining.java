package dev.stowage.console.data;

import dev.stowage.emulator.browse.BrowsedRecord;

/**
 * The remaining time of a record.
 *
 * @param text for a person: {@code 59 s}; empty without expiry
 * @param countdown the seconds that the page counts down; empty without expiry and while the clock is frozen
 */
public record Remaining(String text, String countdown) {

    static Remaining of(BrowsedRecord record, boolean clockRuns) {
        if (record.ttlSeconds().isEmpty()) {
            return new Remaining("", "");
        }
        long seconds = record.ttlSeconds().getAsLong();
        return new Remaining(seconds + " s", clockRuns ? Long.toString(seconds) : "");
    }
}
