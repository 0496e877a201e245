package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;

/** The exception of a failed test has the state of the storage with it, because build tools and IDEs show no report entries. */
class FailureReportTest {

    /** What build tools and IDEs print. */
    static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @ExtendWith(StorageEmulator.class)
    static class Failing {

        @Test
        void fails(KeyValueStore kv, EmulatorClock clock) {
            clock.set(Instant.parse("2026-01-31T12:00:00Z"));
            kv.increment("visits", "n");
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void theStackTraceHasOperationsClockAndSeed() {
        EngineRun run = EngineRun.of(Map.of("stowage.seed", "42"), Failing.class);
        Throwable failure = run.exceptions().get(0);
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(report -> assertThat(report.getStackTrace()).isEmpty());
        String installs = "install \\d+";
        assertThat(printed(failure))
                .contains(
                        "\tSuppressed: The storage of the failed test:\n",
                        "\t  clock  2026-01-31T12:00:00Z (manual)\n",
                        "\t  seed   42 (to repeat: -Dstowage.seed=42)\n",
                        "\t  last operations\n")
                .containsPattern("\t    2026-01-31T12:00:00Z  " + installs + "  kvStore.increment visits  v0 → v1\n");
    }

    @Test
    void aReportEntryHasTheSame() {
        EngineRun run = EngineRun.of(Map.of("stowage.seed", "42"), Failing.class);
        assertThat(run.reports()).singleElement().satisfies(report -> {
            assertThat(report.get("stowage.journal")).contains("kvStore.increment visits  v0 → v1");
            assertThat(report.get("stowage.clock")).isEqualTo("2026-01-31T12:00:00Z (manual)");
            assertThat(report.get("stowage.seed")).isEqualTo("42 (to repeat: -Dstowage.seed=42)");
        });
    }

    @ExtendWith(StorageEmulator.class)
    static class FailingElsewhere {

        FailingElsewhere(KeyValueStore kv, TestInfo test) {
            kv.increment("constructor", "n");
            if (test.getDisplayName().startsWith("inTheConstructor")) {
                throw new IllegalStateException("on purpose");
            }
        }

        @BeforeEach
        void setUp(KeyValueStore kv, TestInfo test) {
            kv.increment("setUp", "n");
            if (test.getDisplayName().startsWith("inBeforeEach")) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Test
        void inTheConstructor() {}

        @Test
        void inBeforeEach() {}

        @Test
        void byAStaleValue(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", "token-of-the-first-install"));
            install.reinstall();
            storage.secrets().put("utoken", Hash.of("token", "token-of-the-first-install"));
        }

        @TestFactory
        Stream<DynamicTest> dynamic(KeyValueStore kv) {
            return Stream.of(DynamicTest.dynamicTest("dynamic", () -> {
                kv.increment("dynamic", "n");
                throw new IllegalStateException("on purpose");
            }));
        }
    }

    @Test
    void everyFailureOfATestHasIt() {
        List<String> failures = EngineRun.of(FailingElsewhere.class).exceptions().stream()
                .map(FailureReportTest::printed)
                .toList();
        assertThat(failures)
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure).containsOnlyOnce("The storage of the failed test"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("increment constructor").doesNotContain("increment setUp"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("increment constructor", "increment setUp")
                        .doesNotContain("secrets"))
                .anySatisfy(failure -> assertThat(failure).contains("a stale cache", "secrets.put utoken"))
                .anySatisfy(failure -> assertThat(failure).contains("increment dynamic"));
    }

    @ExtendWith(StorageEmulator.class)
    static class Busy {

        @Test
        void fails(KeyValueStore kv) {
            for (int i = 1; i <= 33; i++) {
                kv.get("key-" + i);
            }
            throw new IllegalStateException("on purpose");
        }

        @Test
        void withoutAnyOperation(Storage storage) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void theReportIsBoundedAndSaysWhatItOmits() {
        List<String> failures = EngineRun.of(Busy.class).exceptions().stream()
                .map(FailureReportTest::printed)
                .toList();
        assertThat(failures)
                .anySatisfy(failure -> assertThat(failure)
                        .contains("last operations (3 earlier ones omitted)\n", "get key-4 ", "get key-33 ")
                        .doesNotContain("get key-3 "))
                .anySatisfy(failure -> assertThat(failure).contains("\t  no operations"));
    }

    @ExtendWith(StorageEmulator.class)
    static class Aborted {

        @Test
        void aborted(KeyValueStore kv) {
            kv.get("k");
            Assumptions.abort("on purpose");
        }
    }

    @Test
    void anAbortedTestHasNoReport() {
        EngineRun run = EngineRun.of(Aborted.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.reports()).isEmpty();
        Throwable aborted = run.results().testEvents().aborted().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        assertThat(aborted.getSuppressed()).isEmpty();
    }

    @ExtendWith(StorageEmulator.class)
    static class Generated {

        @FaultSweep(maxRuns = 1)
        void sweep(KeyValueStore kv) {
            try {
                kv.increment("visits", "n");
            } catch (RuntimeException anything) {
                throw new IllegalStateException("on purpose");
            }
        }

        @InterleavingTest
        void theSecondOrder(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> kv.append("k", "l", "ann"))
                    .actor("bob", () -> kv.append("k", "l", "bob"))
                    .run();
            assertThat(kv.peek("k", "l").orNull()).isEqualTo("ann");
        }
    }

    @Test
    void aFailureSaysWhichRunsWereLeftOut() {
        List<String> failures = EngineRun.of(Generated.class).exceptions().stream()
                .map(FailureReportTest::printed)
                .toList();
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("The storage of the failed test"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Runs of this sweep: 4 more are left out because of maxRuns = 1"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("The order before this one passed. No order after it was run."));
    }

    @ExtendWith(StorageEmulator.class)
    static class Green {

        @FaultSweep(faults = Fault.Kind.UNAVAILABLE)
        void sweep(KeyValueStore kv) {
            kv.increment("visits", "n");
        }
    }

    @Test
    void aGreenTestHasNoReport() {
        assertThat(EngineRun.of(Green.class).reports()).isEmpty();
    }
}
