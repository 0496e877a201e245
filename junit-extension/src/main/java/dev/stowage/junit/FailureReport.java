package dev.stowage.junit;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.junit.scope.TestScope;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of a failed test's storage: its last operations, its clock and its seed. */
final class FailureReport {

    private static final int SHOWN_OPERATIONS = 30;
    private static final Set<Fault.Kind> WITHOUT_EFFECT =
            EnumSet.of(Fault.Kind.UNAVAILABLE, Fault.Kind.THROTTLED, Fault.Kind.LOST_REQUEST, Fault.Kind.CONFLICT);

    private FailureReport() {}

    static Map<String, String> of(TestScope scope, Seed seed) {
        List<JournalEntry> entries = scope.app().journal().entries();
        int omitted = Math.max(0, entries.size() - SHOWN_OPERATIONS);
        Map<String, String> report = new LinkedHashMap<>();
        report.put(
                "stowage.journal",
                (omitted > 0 ? omitted + " earlier operations omitted\n" : "") + operations(entries, omitted));
        report.put(
                "stowage.clock",
                scope.app().clock().instant() + " ("
                        + scope.app().clock().mode().name().toLowerCase(Locale.ROOT) + ")");
        report.put("stowage.seed", seed + " (to repeat: -Dstowage.seed=" + seed + ")");
        return report;
    }

    private static String operations(List<JournalEntry> entries, int from) {
        return entries.isEmpty()
                ? "no operations"
                : entries.stream().skip(from).map(FailureReport::line).collect(Collectors.joining("\n"));
    }

    private static String line(JournalEntry entry) {
        String install = entry.call().installId().isPresent()
                ? "install " + entry.call().installId().getAsLong()
                : "global function";
        return entry.at() + "  " + install + "  " + brief(entry);
    }

    /** An operation and its outcome on one line: {@code secrets.put utoken  v1 → v2}. */
    static String brief(JournalEntry entry) {
        return entry.call().store() + "." + entry.call().operation() + " "
                + entry.call().key() + "  " + outcome(entry)
                + entry.fault().map(FailureReport::faultNote).orElse("");
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
