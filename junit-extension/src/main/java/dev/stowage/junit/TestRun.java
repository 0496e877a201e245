package dev.stowage.junit;

import dev.stowage.junit.scope.TestEmulator;
import dev.stowage.junit.scope.TestName;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.junit.stale.StaleValue;
import dev.stowage.junit.stale.StaleValues;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** One test, from its first parameter to its end: its scope, and what is looked for meanwhile. */
final class TestRun implements AutoCloseable {

    private static final String SEED_PARAMETER = "stowage.seed";

    private final TestScope scope;
    private final StorageEmulatorConfig config;
    private final Seed seed;
    private final CompletedTests completedTests;
    private final List<AutoCloseable> requestWatches = new ArrayList<>();
    private StaleValues staleValues;
    private int dynamicTests;
    private boolean ended;

    TestRun(TestScope scope, StorageEmulatorConfig config, Seed seed, CompletedTests completedTests) {
        this.scope = scope;
        this.config = config;
        this.seed = seed;
        this.completedTests = completedTests;
        this.staleValues = watchedStaleValues();
    }

    static TestRun begin(ExtensionContext context, Method method, TestEmulator emulator, StorageEmulatorConfig config) {
        TestName name = new TestName(
                context.getRequiredTestClass().getSimpleName() + "." + method.getName(), context.getDisplayName());
        return new TestRun(emulator.open(name), config, seedFor(context), CompletedTests.of(context));
    }

    private static Seed seedFor(ExtensionContext context) {
        return context.getConfigurationParameter(SEED_PARAMETER)
                .map(text -> new Seed(Long.parseLong(text)))
                .orElseGet(Seed::drawn);
    }

    private StaleValues watchedStaleValues() {
        StaleValues watching = new StaleValues(config.knownValues());
        if (config.watchesStaleValues()) {
            watching.installed(scope.install().installId(), scope.install().trackerId());
            scope.watch(watching);
        }
        return watching;
    }

    TestScope scope() {
        return scope;
    }

    Seed seed() {
        return seed;
    }

    /** Looks for stale values in the requests to the stubs that the test names. */
    void watchRequestsOf(ExtensionContext context) {
        if (config.watchesStaleValues()) {
            requestWatches.addAll(WatchRequestsFields.watch(context, () -> staleValues));
        }
    }

    synchronized void beginDynamic() {
        if (dynamicTests++ == 0) {
            scope.unwatch(staleValues);
            scope.renew();
            staleValues = watchedStaleValues();
        }
    }

    synchronized void endDynamic() {
        dynamicTests--;
    }

    /**
     * Ends the test's time.
     *
     * @throws AssertionFailedError if the app has used what it kept from an install that is over
     */
    void end(ExtensionContext context) {
        close();
        if (hasStaleValues() || context.getExecutionException().isPresent()) {
            context.publishReportEntry(FailureReport.of(scope, seed));
        }
        checkStaleValues();
    }

    private boolean hasStaleValues() {
        return !staleValues.findings().isEmpty();
    }

    void checkStaleValues() {
        List<StaleValue> findings = staleValues.findings();
        if (!findings.isEmpty()) {
            throw new AssertionFailedError(
                    "The app uses a value of an install that is no longer there (a stale cache):\n"
                            + findings.stream()
                                    .map(finding -> "  " + finding + ".\n")
                                    .collect(Collectors.joining())
                            + "After a reinstall the app has another install, whose stores are empty. What it keeps outside the storage, in"
                            + " a static field or a singleton, say, is the old one's: read it from the storage for each request, or keep it"
                            + " by install.");
        }
    }

    private static void closeQuietly(AutoCloseable watch) {
        try {
            watch.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the test's time without a judgement; also where it ended before it had begun, because a constructor failed. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            scope.end();
            requestWatches.forEach(TestRun::closeQuietly);
            completedTests.add(scope);
        }
    }
}
