package dev.stowage.contract;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.report.Counterexample;
import dev.stowage.contract.report.Reports;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.PropertyResult;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The contract as a JUnit test class. Extend it and return the backend to test; every property becomes a test, grouped by chapter. A broken property fails with the calls that show it. A property that cannot be checked is skipped with the reason. An advisory one that the backend decides otherwise is skipped as advisory.
 *
 * <pre>{@code
 * class OurStorageContractTest extends StorageContract {
 *     @Override
 *     protected StorageUnderTest storageUnderTest() {
 *         return new OurStorageUnderTest();
 *     }
 * }
 * }</pre>
 *
 * <p>{@code -Dcontract.seed=N} sets the random seed, {@code -Dcontract.tries=N} the number of tries (default: 10).
 */
public abstract class StorageContract {

    /** Opens the backend. It is closed after the run. */
    protected abstract StorageUnderTest storageUnderTest();

    /** The random seed. Default: the system property {@code contract.seed}, or a random one. */
    protected long seed() {
        return Long.getLong("contract.seed", new SplittableRandom().nextLong(1, 1_000_000_000L));
    }

    /** How often each property is tried. Default: the system property {@code contract.tries}, or 10. */
    protected int tries() {
        return Integer.getInteger("contract.tries", SuiteOptions.DEFAULT_TRIES / 4);
    }

    /** How long the run may take; what is not tried by then is skipped. Default: 20 seconds, and more for more tries. */
    protected Duration timeLimit() {
        return SuiteOptions.of(seed(), tries()).budget();
    }

    /** The folder for the reports. Default: none are written. */
    protected Optional<Path> reportFolder() {
        return Optional.empty();
    }

    /** Runs the suite and returns a test for each property. */
    @TestFactory
    public Stream<DynamicNode> contract() throws IOException {
        SuiteResult suiteResult;
        try (StorageUnderTest backend = storageUnderTest()) {
            suiteResult = Suite.run(
                    backend,
                    Chapters.properties(),
                    SuiteOptions.of(seed(), tries()).within(timeLimit()),
                    ProgressListener.SILENT);
        }
        if (reportFolder().isPresent()) {
            Reports.write(suiteResult, reportFolder().get());
        }
        Map<String, List<DynamicTest>> chapters = new LinkedHashMap<>();
        if (!suiteResult.abortReason().isEmpty()) {
            chapters.computeIfAbsent("the run", title -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest("was completed", () -> {
                        throw new AssertionError(suiteResult.abortReason());
                    }));
        }
        if (suiteResult.cutShort()) {
            chapters.computeIfAbsent("the run", title -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest("made every planned try", () -> {
                        throw new TestAbortedException(suiteResult.cutShortMessage());
                    }));
        }
        if (!suiteResult.notImplemented().isEmpty()) {
            chapters.computeIfAbsent("the run", title -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest("implements every operation", () -> {
                        throw new AssertionError("not implemented: " + String.join(", ", suiteResult.notImplemented()));
                    }));
        }
        for (PropertyResult result : suiteResult.results()) {
            chapters.computeIfAbsent(Clauses.of(result.property().clause()).chapter(), title -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(result.property().name(), () -> judge(suiteResult, result)));
        }
        return chapters.entrySet().stream()
                .map(chapter -> DynamicContainer.dynamicContainer(chapter.getKey(), chapter.getValue()));
    }

    private static void judge(SuiteResult suiteResult, PropertyResult result) {
        switch (result.verdict()) {
            case BROKEN -> throw new AssertionError(words(suiteResult, result));
            case ADVISORY -> throw new TestAbortedException("advisory: " + words(suiteResult, result));
            case NOT_CHECKABLE -> throw new TestAbortedException("skipped, because " + result.because());
            case HELD -> {
                // Passed.
            }
        }
    }

    private static String words(SuiteResult suiteResult, PropertyResult result) {
        StringBuilder words = new StringBuilder();
        for (Finding finding : result.findings()) {
            words.append(finding.message()).append('\n');
            Counterexample.java(finding)
                    .forEach(line -> words.append("  ").append(line).append('\n'));
        }
        return words.append("Look at ")
                .append(result.property().property().lookAt())
                .append(". Seed ")
                .append(suiteResult.options().seed())
                .append('.')
                .toString();
    }
}
