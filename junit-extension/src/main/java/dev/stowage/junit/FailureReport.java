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

/**
 * The state of a failed test's storage: its last operations, its clock and its seed.
 *
 * @param omitted how many operations there were before those that are shown
 */
record FailureReport(String clock, String seed, List<String> operations, int omitted) {

    private static final int SHOWN_OPERATIONS = 30;
    private static final Set<Fault.Kind> WITHOUT_EFFECT =
            EnumSet.of(Fault.Kind.UNAVAILABLE, Fault.Kind.THROTTLED, Fault.Kind.LOST_REQUEST, Fault.Kind.CONFLICT);

    static FailureReport of(TestScope scope, Seed seed) {
        List<JournalEntry> entries = scope.app().journal().entries();
        int omitted = Math.max(0, entries.size() - SHOWN_OPERATIONS);
        return new FailureReport(
                scope.app().clock().instant() + " ("
                        + scope.app().clock().mode().name().toLowerCase(Locale.ROOT) + ")",
                seed + " (to repeat: -Dstowage.seed=" + seed + ")",
                entries.stream().skip(omitted).map(FailureReport::line).toList(),
                omitted);
    }

    /** For a report entry of JUnit. */
    Map<String, String> entries() {
        String operationLines = operations.isEmpty() ? "no operations" : String.join("\n", operations);
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("stowage.journal", (omitted > 0 ? omitted + " earlier operations omitted\n" : "") + operationLines);
        entries.put("stowage.clock", clock);
        entries.put("stowage.seed", seed);
        return entries;
    }

    /**
     * Adds the report to the exception of a failed test as a suppressed exception: build tools and IDEs print that with the stack
     * trace, but do not show report entries.
     */
    void addTo(Throwable failure) {
        failure.addSuppressed(new Suppressed(text()));
    }

    private String text() {
        String heading = operations.isEmpty()
                ? "\n\t  no operations"
                : "\n\t  last operations"
                        + (omitted > 0 ? " (" + omitted + " earlier ones omitted)" : "")
                        + operations.stream()
                                .map(operation -> "\n\t    " + operation)
                                .collect(Collectors.joining());
        return "The storage of the failed test:\n\t  clock  " + clock + "\n\t  seed   " + seed + heading;
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

    /** Carries the report in a stack trace. It has no stack trace of its own, and prints its message alone. */
    private static final class Suppressed extends Exception {

        private static final long serialVersionUID = 1L;

        Suppressed(String message) {
            super(message, null, false, false);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // getMessage() is as usual; the class name would only distract
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
