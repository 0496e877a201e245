package dev.stowage.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs test classes with JUnit's engine, as a build does, and gives access to the results. */
final class EngineRun {

    private final EngineExecutionResults results;

    private EngineRun(EngineExecutionResults results) {
        this.results = results;
    }

    static EngineRun of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    static EngineRun of(Map<String, String> parameters, Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> testClass : classes) {
            kit.selectors(selectClass(testClass));
        }
        return new EngineRun(kit.execute());
    }

    EngineExecutionResults results() {
        return results;
    }

    long passed() {
        return results.testEvents().succeeded().count();
    }

    /** The failures of tests, each as the exception's {@code toString}. */
    List<String> failures() {
        return messages(results.testEvents().failed().list());
    }

    /** The exceptions of the failed tests. */
    List<Throwable> exceptions() {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    /** The failures of classes, each as the exception's {@code toString}. */
    List<String> classFailures() {
        return messages(results.containerEvents().failed().list());
    }

    /** The display names of the failed tests. */
    List<String> failedNames() {
        return results.testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** The display names of all tests. */
    List<String> names() {
        return results.testEvents().finished().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** The report entries. */
    List<Map<String, String>> reports() {
        return results.allEvents().stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .toList();
    }

    private static List<String> messages(List<Event> events) {
        return events.stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::toString)
                        .orElse(""))
                .toList();
    }
}
