package dev.stowage.junit;

import dev.stowage.emulator.stale.StaleValues;
import dev.stowage.emulator.testing.FailureReport;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestName;
import dev.stowage.emulator.testing.TestScope;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One test, from its first parameter to its end: its scope, its seed, and the detection of stale values. */
final class TestRun implements AutoCloseable {

    private static final String SEED_PARAMETER = "stowage.seed";

    private final TestScope scope;
    private final StorageEmulatorConfig config;
    private final Seed seed;
    private final CompletedTests completedTests;
    private final List<AutoCloseable> requestWatches = new ArrayList<>();
    private final Spies spies;
    private final AdviceOfTest advice;
    private StaleValues staleValues;
    private int dynamicTests;
    private boolean ended;

    TestRun(TestScope scope, Spies spies, StorageEmulatorConfig config, Seed seed, CompletedTests completedTests) {
        this.scope = scope;
        this.spies = spies;
        this.config = config;
        this.seed = seed;
        this.completedTests = completedTests;
        this.staleValues = watchedStaleValues();
        this.advice = AdviceOfTest.begin(scope, config);
    }

    static TestRun begin(ExtensionContext context, Method method, TestEmulator emulator, StorageEmulatorConfig config) {
        TestName name = new TestName(
                context.getRequiredTestClass().getSimpleName() + "." + method.getName(), context.getDisplayName());
        TestScope scope = emulator.open(name);
        boolean isGenerated = AnnotationSupport.isAnnotated(method, FaultSweep.class)
                || AnnotationSupport.isAnnotated(method, InterleavingTest.class);
        Spies spies = new Spies(scope, !isGenerated);
        Spies.executablesOf(context.getRequiredTestClass(), method).forEach(spies::declare);
        return new TestRun(scope, spies, config.forTest(context), seedFor(context), CompletedTests.of(context));
    }

    private static Seed seedFor(ExtensionContext context) {
        return context.getConfigurationParameter(SEED_PARAMETER)
                .map(text -> new Seed(Long.parseLong(text)))
                .orElseGet(Seed::random);
    }

    private StaleValues watchedStaleValues() {
        StaleValues watcher = new StaleValues(config.knownValues());
        if (config.watchesStaleValues()) {
            watcher.installed(scope.install().installId(), scope.install().trackerId());
            scope.watch(watcher);
        }
        return watcher;
    }

    TestScope scope() {
        return scope;
    }

    Spies spies() {
        return spies;
    }

    Seed seed() {
        return seed;
    }

    /** Searches the requests to the stubs with {@link WatchRequests} for stale values. */
    void watchRequestsOf(ExtensionContext context) {
        if (config.watchesStaleValues()) {
            requestWatches.addAll(WatchRequestsFields.watch(context, () -> staleValues));
        } else {
            WatchRequestsFields.refuseAny(context);
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
     * Ends the test.
     *
     * @throws AssertionFailedError if the app has used a value that it cached from an install that has ended
     */
    void end(ExtensionContext context) {
        close();
        context.getExecutionException().ifPresent(failure -> report(failure, context));
        try {
            checkStaleValues();
            advice.end(context);
        } catch (AssertionFailedError stale) {
            if (context.getExecutionException().isEmpty()) {
                report(stale, context);
            }
            throw stale;
        }
    }

    /** Reports the state of the storage with the failure, and in a report entry. */
    void report(Throwable failure, ExtensionContext context) {
        if (failure instanceof TestAbortedException) {
            return;
        }
        FailureReport report = FailureReport.of(scope, seed.value());
        report.addTo(failure);
        context.publishReportEntry(report.entries());
    }

    /** Reports the state of the storage with the failure. */
    void report(Throwable failure) {
        FailureReport.of(scope, seed.value()).addTo(failure);
    }

    void checkStaleValues() {
        staleValues.describe().ifPresent(text -> {
            throw new AssertionFailedError(text);
        });
    }

    private static void closeQuietly(AutoCloseable watch) {
        try {
            watch.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the test without a check for stale values; also called if the test never started, because its constructor failed. */
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
