package dev.stowage.emulator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private Emulator emulator;
    private Install install;
    private KeyValueStore kv;
    private ExecutorService actors;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess());
        install = emulator.install();
        kv = install.storage().kvStore();
        actors = Executors.newFixedThreadPool(4);
    }

    @AfterEach
    void stop() {
        emulator.close();
        actors.shutdownNow();
    }

    @Test
    @DisplayName("a lost update by get and put is produced deterministically")
    void lostUpdate() throws Exception {
        kv.put("k", Hash.of("n", 0));
        try (Hold puts =
                emulator.app(install.appId()).gate().hold(CallMatch.any().operation("put"), PATIENT)) {
            List<CompletableFuture<Void>> both = List.of(countUp(), countUp());
            for (HeldOperation put : puts.awaitWaiting(2, PATIENT)) {
                put.releaseAndAwait(PATIENT);
            }
            both.forEach(CompletableFuture::join);
        }
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 1));
    }

    private CompletableFuture<Void> countUp() {
        return CompletableFuture.runAsync(
                () -> {
                    Long n = kv.get("k").getLong("n");
                    kv.put("k", Hash.of("n", n + 1));
                },
                actors);
    }

    @Test
    void operationsAreReleasedInTheOrderThatTheTestChooses() throws Exception {
        try (Hold appends =
                emulator.app(install.appId()).gate().hold(CallMatch.any().operation("append"), PATIENT)) {
            for (String value : List.of("a", "b", "c")) {
                CompletableFuture.runAsync(() -> kv.append("k", "l", value), actors);
                appends.awaitWaiting(1 + "abc".indexOf(value), PATIENT);
            }
            List<HeldOperation> heldOperation = appends.waiting();
            for (int next : new int[] {2, 0, 1}) {
                heldOperation.get(next).releaseAndAwait(PATIENT);
            }
        }
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of("c", "a", "b")));
    }

    @Test
    void anOperationPastItsDeadlineIsRefusedAndNamesTheOtherHeldOnes() throws Exception {
        try (Hold puts = emulator.app(install.appId())
                        .gate()
                        .hold(CallMatch.any().operation("put").key("other"), PATIENT);
                Hold all = emulator.app(install.appId()).gate().hold(CallMatch.any(), Duration.ofMillis(20))) {
            CompletableFuture<Hash> other = CompletableFuture.supplyAsync(() -> kv.put("other", Hash.empty()), actors);
            puts.awaitWaiting(1, PATIENT);
            assertThatThrownBy(() -> kv.put("k", Hash.empty()))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("kvStore.put of 'k'")
                    .hasMessageContaining("held for 20 ms and not released")
                    .hasMessageContaining("not carried out");
            all.close();
            puts.close();
            other.join();
        }
        assertThat(kv.exists("k")).isFalse();
        assertThat(kv.exists("other")).isTrue();
    }

    @Test
    void awaitWaitingNamesTheOperationsThatArrived() {
        try (Hold puts =
                emulator.app(install.appId()).gate().hold(CallMatch.any().operation("put"), PATIENT)) {
            CompletableFuture.runAsync(() -> kv.put("k", Hash.empty()), actors);
            assertThatThrownBy(() -> {
                        puts.awaitWaiting(1, PATIENT);
                        puts.awaitWaiting(2, Duration.ofMillis(20));
                    })
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("1 of 2")
                    .hasMessageContaining("kvStore.put of 'k'");
        }
    }

    @Test
    void anotherAppsOperationsPass() {
        Install other = emulator.app("other").install();
        try (Hold all = emulator.app(install.appId()).gate().hold(CallMatch.any(), PATIENT)) {
            other.storage().kvStore().put("k", Hash.empty());
            assertThat(all.waiting()).isEmpty();
        }
    }

    @Test
    void closingTheEmulatorReleasesHeldOperations() throws Exception {
        Hold all = emulator.app(install.appId()).gate().hold(CallMatch.any(), PATIENT);
        CompletableFuture<Hash> held = CompletableFuture.supplyAsync(() -> kv.put("k", Hash.empty()), actors);
        all.awaitWaiting(1, PATIENT);
        emulator.close();
        assertThat(held.handle((done, refused) -> true).join()).isTrue();
    }

    @Test
    @DisplayName("a thousand holds are the limit; a closed one makes room")
    void limit() {
        Gate gate = emulator.app(install.appId()).gate();
        CallMatch none = CallMatch.any().key("never");
        for (int i = 0; i < 1_000; i++) {
            gate.hold(none, PATIENT);
        }
        assertThatThrownBy(() -> gate.hold(none, PATIENT))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("1000 holds");
        gate.holds().get(0).close();
        assertThat(gate.hold(none, PATIENT).waiting()).isEmpty();
    }
}
