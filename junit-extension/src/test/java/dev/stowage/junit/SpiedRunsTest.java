package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** Spies in sweeps and interleavings, beside Mockito's strict stubs, and after their test. */
class SpiedRunsTest {

    private static final StorageException DOWN = new StorageException(ErrorCode.UNAVAILABLE, "stubbed");

    @ExtendWith({StorageEmulator.class, MockitoExtension.class})
    static class Generated {

        @FaultSweep(faults = Fault.Kind.LOST_RESPONSE)
        void aSweepThroughASpy(@Spied KeyValueStore kv, Installs installs) {
            doThrow(DOWN).when(kv).exists("not reached");
            FaultSweepTest.incrementTwice(kv);
            assertThat(installs.current().storage().kvStore().get("orders")).isEqualTo(Hash.of("n", 1));
        }

        @InterleavingTest
        void ordersThroughASpy(Storage storage, @Spied KeyValueStore kv, Actors actors) throws InterruptedException {
            InterleavingsTest.both(actors, () -> {
                Hash visits = storage.kvStore().get("visits");
                storage.kvStore().put("visits", visits.with("n", InterleavingsTest.n(visits) + 1));
            });
            verify(kv, never()).patch(any(), SpiedTest.anyUpdater());
            assertThat(kv.get("visits")).isEqualTo(Hash.of("n", 2));
        }
    }

    @Test
    void sweepsAndInterleavingsFindWhatTheyFindWithoutASpy() {
        EngineRun run = EngineRun.of(Generated.class);
        assertThat(run.failures())
                .hasSize(2)
                .anySatisfy(failure -> assertThat(failure)
                        .contains("lostResponse at 1 of 1: kvStore.increment orders", "expected: {n=1}"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("There is an order of operations in which the test fails", "v1 → v2"));
    }

    @ExtendWith({StorageEmulator.class, MockitoExtension.class})
    static class UnusedStubs {

        @Test
        void ofTheSpy(@Spied KeyValueStore kv) {
            doThrow(DOWN).when(kv).exists("never called");
        }

        @Test
        void ofAMock(@Spied KeyValueStore kv, @Mock Supplier<String> supplier) {
            when(supplier.get()).thenReturn("unused");
            kv.increment("k", "n");
        }
    }

    @ExtendWith({MockitoExtension.class, StorageEmulator.class})
    static class UnusedStubsInTheOtherOrder extends UnusedStubs {}

    @Test
    void strictStubsAreReported() {
        for (Class<?> tests : new Class<?>[] {UnusedStubs.class, UnusedStubsInTheOtherOrder.class}) {
            assertThat(EngineRun.of(tests).failures())
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure).contains("UnnecessaryStubbingException"));
        }
    }

    @ExtendWith({StorageEmulator.class, MockitoExtension.class})
    static class StrictMocks {

        @Test
        void aMockStaysStrict(@Spied KeyValueStore kv, @Mock Map<String, String> map) {
            when(map.get("a")).thenReturn("b");
            InterleavingsTest.n(Hash.of("n", Calls.get(map, "c").length()));
        }
    }

    @Test
    void mocksBesideASpyStayStrict() {
        assertThat(EngineRun.of(StrictMocks.class).failures())
                .singleElement()
                .asString()
                .contains("PotentialStubbingProblem");
    }

    @ExtendWith(StorageEmulator.class)
    static class Late {

        static KeyValueStore kept;

        @Test
        void leavesWorkBehind(@Spied KeyValueStore kv) {
            kept = kv;
        }

        @AfterAll
        static void lateCall() {
            assertThatThrownBy(() -> kept.increment("k", "n")).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void aLateOperationShowsTheAppsStack() {
        assertThat(EngineRun.of(Late.class).classFailures())
                .singleElement()
                .asString()
                .contains("kvStore.increment of 'k' arrived after Late.leavesWorkBehind", "lateCall")
                .doesNotContain("mockito", "reflect", "Proxy");
    }
}
