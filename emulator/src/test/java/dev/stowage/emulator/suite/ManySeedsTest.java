package dev.stowage.emulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.emulator.Emulator;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the whole suite with its default number of tries for many seeds: {@code -Dcontract.seeds=50}. Skipped without the property. Each seed takes about half a minute over HTTP.
 */
@EnabledIfSystemProperty(named = "contract.seeds", matches = "\\d+")
class ManySeedsTest {

    private static final long SEEDS = Long.getLong("contract.seeds", 1);

    @TestFactory
    Stream<DynamicTest> inProcess() {
        return seeds(seed -> assertContractHolds(new InProcessContractTest().storageUnderTest(), seed));
    }

    @TestFactory
    Stream<DynamicTest> overHttp() {
        return seeds(seed -> {
            try (Emulator emulator = Emulator.start()) {
                assertContractHolds(new HttpUnderTest(emulator.url(), null, true, Duration.ofSeconds(30)), seed);
            }
        });
    }

    private static Stream<DynamicTest> seeds(LongConsumer test) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> test.accept(seed)));
    }

    private static void assertContractHolds(StorageUnderTest tested, long seed) {
        try (StorageUnderTest backend = tested) {
            SuiteResult suiteResult = Suite.run(
                    backend,
                    Chapters.properties(),
                    SuiteOptions.of(seed, SuiteOptions.DEFAULT_TRIES),
                    ProgressListener.SILENT);
            assertThat(suiteResult.abortReason()).isEmpty();
            assertThat(suiteResult.results().stream()
                            .flatMap(result -> result.findings().stream())
                            .map(Finding::message))
                    .isEmpty();
        }
    }
}
