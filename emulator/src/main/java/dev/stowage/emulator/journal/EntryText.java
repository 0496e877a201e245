package dev.stowage.emulator.journal;

import dev.stowage.emulator.fault.Fault;
import java.util.EnumSet;
import java.util.Set;

/** Writes a journal entry as one line for a person. */
final class EntryText {

    private static final Set<Fault.Kind> WITHOUT_EFFECT =
            EnumSet.of(Fault.Kind.UNAVAILABLE, Fault.Kind.THROTTLED, Fault.Kind.LOST_REQUEST, Fault.Kind.CONFLICT);

    private EntryText() {}

    static String of(JournalEntry entry) {
        return entry.call().store() + "." + entry.call().operation() + " "
                + entry.call().key() + "  " + outcome(entry)
                + entry.fault().map(EntryText::faultNote).orElse("");
    }

    private static String outcome(JournalEntry entry) {
        if (entry.fault().filter(WITHOUT_EFFECT::contains).isPresent()) {
            return "not done";
        }
        return entry.refusal().isEmpty() ? entry.versions() : "refused: " + entry.outcome();
    }

    private static String faultNote(Fault.Kind kind) {
        return "  <- "
                + switch (kind) {
                    case LOST_RESPONSE, MALFORMED_RESPONSE ->
                        kind.wireName() + ": done, but the app received 'unavailable'";
                    case RACE -> "race: another client wrote the record just before";
                    default -> kind.wireName();
                };
    }
}
