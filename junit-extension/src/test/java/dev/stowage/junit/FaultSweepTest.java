package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class FaultSweepTest {

    @ExtendWith(StorageEmulator.class)
    static class Swept {

        @FaultSweep
        void everything(Storage storage, SweptFault fault) {
            storage.settings().get("account");
            storage.kvStore().put("lock", Hash.of("by", "me"), Duration.ofMinutes(1));
            storage.kvStore().exists("lock");
        }
    }

    @Test
    void runsEveryFaultAtEveryInjectionPoint() {
        EngineRun run = EngineRun.of(Swept.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.names())
                .containsExactly(
                        "without a fault",
                        "without a fault, again: 3 operations, 19 runs follow",
                        "unavailable at 1 of 3: settings.get account",
                        "throttled at 1 of 3: settings.get account",
                        "lostRequest at 1 of 3: settings.get account",
                        "lostResponse at 1 of 3: settings.get account",
                        "malformedResponse at 1 of 3: settings.get account",
                        "race at 2 of 3: kvStore.put lock",
                        "unavailable at 2 of 3: kvStore.put lock",
                        "throttled at 2 of 3: kvStore.put lock",
                        "lostRequest at 2 of 3: kvStore.put lock",
                        "lostResponse at 2 of 3: kvStore.put lock",
                        "malformedResponse at 2 of 3: kvStore.put lock",
                        "reinstall at 2 of 3: kvStore.put lock",
                        "unavailable at 3 of 3: kvStore.exists lock",
                        "throttled at 3 of 3: kvStore.exists lock",
                        "lostRequest at 3 of 3: kvStore.exists lock",
                        "lostResponse at 3 of 3: kvStore.exists lock",
                        "malformedResponse at 3 of 3: kvStore.exists lock",
                        "expire at 3 of 3: kvStore.exists lock",
                        "reinstall at 3 of 3: kvStore.exists lock");
    }

    /** A retry that assumes that the first call had no effect. */
    static void incrementTwice(KeyValueStore kv) {
        try {
            kv.increment("orders", "n");
        } catch (StorageException unavailable) {
            kv.increment("orders", "n");
        }
    }

    @ExtendWith(StorageEmulator.class)
    static class Retrying {

        @FaultSweep
        void countsEachOrderOnce(Storage storage, Installs installs) {
            storage.kvStore().get("config");
            incrementTwice(storage.kvStore());
            assertThat(installs.current().storage().kvStore().get("orders")).isEqualTo(Hash.of("n", 1));
        }

        @FaultSweep(only = "lostResponse at 2")
        void onlyOneRun(Storage storage, Installs installs) {
            countsEachOrderOnce(storage, installs);
        }
    }

    @Test
    void aFindingDescribesTheFaultAndTheOperations() {
        EngineRun run = EngineRun.of(Retrying.class);
        assertThat(run.failedNames())
                .containsExactlyInAnyOrder(
                        "lostResponse at 2 of 2: kvStore.increment orders",
                        "malformedResponse at 2 of 2: kvStore.increment orders",
                        "lostResponse at 2 of 2: kvStore.increment orders");
        assertThat(run.failures().get(0))
                .contains(
                        "The test fails under this fault: lostResponse at 2 of 2: kvStore.increment orders",
                        "the operation WAS done; then the connection broke",
                        "expected: {n=1}",
                        "but was: {n=2}",
                        "kvStore.increment orders  v0 → v1  <- lostResponse: done",
                        "@FaultSweep(only = \"lostResponse at 2\")");
    }

    @ExtendWith(StorageEmulator.class)
    static class Escaping {

        @FaultSweep(
                faults = {Fault.Kind.UNAVAILABLE, Fault.Kind.DELAY, Fault.Kind.STALE_READ},
                errorsMayEscape = false)
        void handlesEveryFault(Storage storage) {
            storage.kvStore().put("k", Hash.of("a", 1));
            storage.kvStore().get("k");
        }

        @FaultSweep(faults = Fault.Kind.UNAVAILABLE)
        void anotherErrorIsAFinding(Storage storage) {
            try {
                storage.kvStore().get("k");
            } catch (StorageException unavailable) {
                throw new StorageException(ErrorCode.INTERNAL, "another error");
            }
        }

        @FaultSweep(faults = Fault.Kind.UNAVAILABLE)
        void aWrappedErrorMayEscape(Storage storage) {
            try {
                storage.kvStore().get("k");
            } catch (StorageException unavailable) {
                throw new IllegalStateException("try again later", unavailable);
            }
        }
    }

    @Test
    void errorsMayEscapeByDefault() {
        EngineRun run = EngineRun.of(Escaping.class);
        assertThat(run.failedNames())
                .containsExactlyInAnyOrder(
                        "unavailable at 1 of 2: kvStore.put k",
                        "unavailable at 2 of 2: kvStore.get k",
                        "unavailable at 1 of 1: kvStore.get k");
        assertThat(run.names()).contains("delay at 1 of 2: kvStore.put k", "staleRead at 2 of 2: kvStore.get k");
        assertThat(run.failures()).anySatisfy(failure -> assertThat(failure).contains("another error"));
    }

    /** Tests whose runs differ: random keys, a cache that outlives the run, a change in the third run. */
    @ExtendWith(StorageEmulator.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class Nondeterministic {

        private boolean cached;

        @FaultSweep
        void keysAreRandom(Storage storage) {
            storage.kvStore().get(UUID.randomUUID().toString());
        }

        @FaultSweep
        void aCacheOutlivesTheRun(Storage storage) {
            if (!cached) {
                storage.kvStore().get("config");
            }
            cached = true;
        }

        private int runs;

        @FaultSweep
        void theThirdRunDiffers(Storage storage) {
            if (++runs < 3) {
                storage.kvStore().get("config");
            }
        }
    }

    @Test
    void nondeterminismIsReported() {
        EngineRun run = EngineRun.of(Nondeterministic.class);
        assertThat(run.failures())
                .anySatisfy(failure ->
                        assertThat(failure).contains("The test is not deterministic: operation 1 was kvStore.get"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("operation 1 was kvStore.get config in the first run, but not reached in the second"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "is not valid: operation 1 was kvStore.get config in the run without a fault",
                                "only 0 operations"));
        assertThat(run.failedNames().stream().filter(name -> name.startsWith("without a fault, again")))
                .hasSize(2);
    }

    @ExtendWith(StorageEmulator.class)
    static class Bounded {

        @FaultSweep(maxRuns = 2)
        void twoRuns(Storage storage) {
            storage.kvStore().get("k");
        }

        @FaultSweep
        void nothingAtAll() {}

        @FaultSweep
        void failsWithoutAFault(Storage storage) {
            storage.kvStore().get("k");
            throw new IllegalStateException("without a fault");
        }
    }

    @Test
    void maxRunsBoundsItAndOmittedRunsAreCounted() {
        EngineRun run = EngineRun.of(Bounded.class);
        assertThat(run.names())
                .contains(
                        "without a fault, again: 1 operation, 2 runs follow, and 3 more are left out because of maxRuns = 2",
                        "without a fault, again: 0 operations, 0 runs follow")
                .hasSize(4 + 2 + 1);
        assertThat(run.failures()).singleElement().asString().contains("without a fault");
    }

    @Test
    void aRunCanBeSelectedByItsNumber() {
        EngineRun.of(Retrying.class);
        UniqueId method = UniqueId.forEngine("junit-jupiter")
                .append("class", Retrying.class.getName())
                .append(
                        "test-template",
                        "countsEachOrderOnce(" + Storage.class.getName() + ", " + Installs.class.getName() + ")");
        List<String> names = List.of("#6", "#7", "#11").stream()
                .flatMap(number -> {
                    EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                            .selectors(selectUniqueId(method.append("test-template-invocation", number)))
                            .execute();
                    return results.testEvents().finished().stream()
                            .map(event -> event.getTestDescriptor().getDisplayName());
                })
                .toList();
        assertThat(names)
                .containsExactly(
                        "lostResponse at 1 of 2: kvStore.get config",
                        "malformedResponse at 1 of 2: kvStore.get config",
                        "lostResponse at 2 of 2: kvStore.increment orders");
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @FaultSweep(faults = Fault.Kind.THROTTLED)
    @interface ThrottleSweep {}

    @ExtendWith(StorageEmulator.class)
    static class WithAComposedAnnotation {

        @ThrottleSweep
        void throttled(Storage storage, EmulatorClock clock, Faults faults) {
            storage.kvStore().get("k");
        }
    }

    @Test
    void composedAnnotationsWork() {
        EngineRun run = EngineRun.of(WithAComposedAnnotation.class);
        assertThat(run.names()).hasSize(3).contains("throttled at 1 of 1: kvStore.get k");
    }

    @ExtendWith(StorageEmulator.class)
    static class Conflicting {

        @FaultSweep(faults = Fault.Kind.CONFLICT)
        void everyWrite(Storage storage) {
            storage.kvStore().put("k", Hash.of("a", 1));
            storage.kvStore().patch("k", Hash.of("b", 1));
            storage.kvStore().patch("k", current -> current.with("c", 1));
            storage.secrets().patch("k", current -> current.with("c", 1));
            storage.kvStore().delete("k");
        }
    }

    @Test
    void onlyWritesThatNameAVersionCanConflict() {
        EngineRun run = EngineRun.of(Conflicting.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.names())
                .containsExactly(
                        "without a fault",
                        "without a fault, again: 7 operations, 2 runs follow",
                        "conflict at 4 of 7: kvStore.put k",
                        "conflict at 6 of 7: secrets.put k");
    }

    @ExtendWith(StorageEmulator.class)
    static class Racing {

        @FaultSweep(faults = Fault.Kind.RACE)
        void anUpdaterReadsAgain(Storage storage, Installs installs, SweptFault fault) {
            storage.kvStore().patch("visits", visits -> visits.with("n", InterleavingsTest.n(visits) + 1));
            assertThat(installs.current().storage().kvStore().get("visits"))
                    .isEqualTo(Hash.of("n", fault.is(Fault.Kind.RACE) ? 2 : 1));
        }

        @FaultSweep(faults = Fault.Kind.RACE)
        void getThenPutLosesAWrite(Storage storage, Installs installs, SweptFault fault) {
            Hash visits = storage.kvStore().get("visits");
            storage.kvStore().put("visits", visits.with("n", InterleavingsTest.n(visits) + 1));
            assertThat(installs.current().storage().kvStore().get("visits"))
                    .isEqualTo(Hash.of("n", fault.is(Fault.Kind.RACE) ? 2 : 1));
        }
    }

    @Test
    void aRaceIsTheSameWriteByASecondInstance() {
        EngineRun run = EngineRun.of(Racing.class);
        assertThat(run.failedNames()).containsExactly("race at 2 of 2: kvStore.put visits");
        assertThat(run.failures().get(0)).contains("another instance of the app made the same write just before");
    }
}
