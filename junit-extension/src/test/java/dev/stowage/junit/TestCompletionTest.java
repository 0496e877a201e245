package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.http.HttpStorage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens to operations, threads and reports when tests, classes and runs end, in whatever way they end. */
class TestCompletionTest {

    static class Late {

        @RegisterExtension
        static final StorageEmulator EMULATOR = StorageEmulator.builder().build();

        static Storage kept;
        static Storage keptHttpStorage;

        @Test
        void leavesWorkBehind(Storage storage, Install install, EmulatorUrl url) {
            kept = storage;
            keptHttpStorage = HttpStorage.connect(url.uri(), install.apiKey());
        }

        @AfterAll
        static void lateCalls() {
            assertThatThrownBy(() -> kept.kvStore().put("k", Hash.of("a", 1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("arrived after Late.leavesWorkBehind");
            assertThatThrownBy(() -> keptHttpStorage.secrets().get("utoken"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("had ended, and its install with it. Nothing was done");
        }
    }

    @Test
    void operationsAfterTheirTestFailTheClassByName() {
        EngineRun run = EngineRun.of(Late.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.classFailures())
                .singleElement()
                .asString()
                .contains(
                        "2 storage operations arrived after the test had ended, and were refused",
                        "kvStore.put of 'k' arrived after Late.leavesWorkBehind",
                        "lateCalls",
                        "secrets.get of 'utoken' arrived after Late.leavesWorkBehind",
                        "from the app's own HTTP client");
    }

    @ExtendWith(StorageEmulator.class)
    static class Failing {

        @Test
        void fails(KeyValueStore kv) {
            kv.increment("visits", "n");
            throw new IllegalStateException("on purpose");
        }
    }

    static class ConstructorThatThrows {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().perClass().build();

        ConstructorThatThrows(Storage storage) {
            storage.kvStore().increment("k", "n");
            throw new IllegalStateException("no instance");
        }

        @Test
        void test() {}
    }

    static class Interrupted {

        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().perClass().build();

        @Test
        void interrupted(Storage storage) {
            storage.kvStore().increment("k", "n");
            Thread.currentThread().interrupt();
            storage.kvStore().increment("k", "n");
        }

        @Test
        void leavesAnOperationHeld(Storage storage, Gate gate) throws InterruptedException {
            var hold = gate.hold(CallMatch.any(), Duration.ofMinutes(5));
            Thread held = new Thread(() -> storage.kvStore().increment("k", "n"));
            held.start();
            hold.awaitWaiting(1, Duration.ofSeconds(5));
        }
    }

    @Test
    void nothingIsLeftBehind() throws InterruptedException {
        Set<Thread> ofOtherTests = emulatorThreads(); // the emulator that the build's own run shares
        EngineRun run = EngineRun.of(ConstructorThatThrows.class, Interrupted.class, Late.class, Failing.class);
        assertThat(run.failures()).anySatisfy(failure -> assertThat(failure).contains("no instance"));
        Thread.interrupted();
        Set<Thread> started = emulatorThreads();
        started.removeAll(ofOtherTests);
        for (Thread thread : started) {
            thread.join(5_000);
        }
        assertThat(started)
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .isEmpty();
        assertThatThrownBy(() -> Late.keptHttpStorage.secrets().get("utoken")).hasMessageContaining("cannot connect");
    }

    /** The threads of the server and of actors. Those of HTTP clients end when the client is collected. */
    private static Set<Thread> emulatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith("stowage")
                        || thread.getName().startsWith("actor ")
                        || thread.getName().contains("qtp"))
                .collect(Collectors.toSet());
    }

    @ExtendWith(StorageEmulator.class)
    static class Passing {

        @Test
        void passes(Storage storage) {
            storage.kvStore().increment("visits", "n");
        }

        @FaultSweep(faults = Fault.Kind.UNAVAILABLE)
        void passesUnderFaults(KeyValueStore kv) {
            kv.increment("visits", "n");
        }
    }

    @Test
    void junitLogsNothingAboutAGreenRun() {
        Logger junit = Logger.getLogger("org.junit");
        Handler handler = mock(Handler.class);
        junit.addHandler(handler);
        try {
            assertThat(EngineRun.of(Passing.class).failures()).isEmpty();
        } finally {
            junit.removeHandler(handler);
        }
        verify(handler, never()).publish(any());
    }

    @ExtendWith(StorageEmulator.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class Many {

        @RepeatedTest(1_000)
        void eachHasItsOwnInstall(KeyValueStore kv, Install install) {
            kv.put("k", Hash.of("a", List.of(1, 2, 3)));
            assertThat(kv.increment("n", "n")).isEqualTo(1);
            install.reinstall();
            assertThat(kv.increment("n", "n")).isEqualTo(1);
        }
    }

    @Test
    void aThousandTestsFourAtATime() {
        EngineRun run = EngineRun.of(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled",
                        "true",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        "4"),
                Many.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.classFailures()).isEmpty();
        assertThat(run.passed()).isEqualTo(1_000);
    }
}
