package dev.stowage.emulator.testing;

import dev.stowage.emulator.journal.JournalEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The state of a failed test's storage: its last operations, its clock and its seed.
 *
 * @param omitted how many operations there were before those that are shown
 */
public record FailureReport(String clock, String seed, List<String> operations, int omitted) {

    private static final int SHOWN_OPERATIONS = 30;

    /** @param seed the seed of the test's random values */
    public static FailureReport of(TestScope scope, long seed) {
        List<JournalEntry> entries = scope.app().journal().entries();
        int omitted = Math.max(0, entries.size() - SHOWN_OPERATIONS);
        return new FailureReport(
                scope.app().clock().instant() + " ("
                        + scope.app().clock().mode().name().toLowerCase(Locale.ROOT) + ")",
                seed + " (to repeat: -Dstowage.seed=" + seed + ")",
                entries.stream().skip(omitted).map(FailureReport::line).toList(),
                omitted);
    }

    /** The report as named entries. */
    public Map<String, String> entries() {
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
    public void addTo(Throwable failure) {
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
        return entry.at() + "  " + install + "  " + entry.summary();
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
