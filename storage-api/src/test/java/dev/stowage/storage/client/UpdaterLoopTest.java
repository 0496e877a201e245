package dev.stowage.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpdaterLoopTest {

    /** A pause advances this budget's time at once. */
    private static final class FakeRetryBudget extends RetryBudget {
        private final List<Long> pauses = new ArrayList<>();
        private long now;

        FakeRetryBudget(Duration limit) {
            super(limit);
        }

        @Override
        long nanoTime() {
            return now;
        }

        @Override
        void pause(long nanos) {
            pauses.add(nanos);
            now += Math.max(nanos, 1_000);
        }
    }

    private static Transport alwaysConflicting() {
        return (store, operation) -> {
            if (operation instanceof Operation.Get) {
                return new Reply(true, Hash.empty(), 1, OptionalLong.empty());
            }
            throw new StorageException(ErrorCode.VERSION_CONFLICT, "another writer was faster");
        };
    }

    @Test
    @DisplayName("PATCH-3: a patch ends at its time limit, and the error names the limit")
    void timeLimit() {
        FakeRetryBudget budget = new FakeRetryBudget(Duration.ofSeconds(30));
        TransportStorage storage = new TransportStorage(alwaysConflicting(), budget);
        assertThatThrownBy(() -> storage.secrets().patch("k", current -> current))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VERSION_CONFLICT))
                .hasMessageContaining("gave up after 30000 ms")
                .hasMessageContaining("'k' in secrets");
        assertThat(budget.pauses).hasSizeGreaterThan(1_000);
    }

    @Test
    @DisplayName("PATCH-3: pauses are random and bounded")
    void jitter() {
        FakeRetryBudget budget = new FakeRetryBudget(Duration.ofSeconds(30));
        TransportStorage storage = new TransportStorage(alwaysConflicting(), budget);
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .isInstanceOf(StorageException.class);
        assertThat(budget.pauses).allMatch(pause -> pause >= 0 && pause < 20_000_000);
        assertThat(budget.pauses.stream().distinct().count()).isGreaterThan(100);
        assertThat(budget.pauses.get(0)).isLessThan(400_000);
    }

    @Test
    @DisplayName("PATCH-4: a refusal other than a conflict ends the patch at once")
    void otherRefusals() {
        List<String> calls = new ArrayList<>();
        Transport refusing = (store, operation) -> {
            calls.add(operation.name());
            if (operation instanceof Operation.Get) {
                return new Reply(true, Hash.empty(), 0, OptionalLong.empty());
            }
            throw new StorageException(ErrorCode.RECORD_TOO_LARGE, "too large");
        };
        TransportStorage storage = new TransportStorage(refusing, new FakeRetryBudget(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .hasMessage("too large");
        assertThat(calls).containsExactly("get", "put");
    }

    @Test
    @DisplayName("an interrupt ends the patch")
    void interrupted() {
        TransportStorage storage =
                new TransportStorage(alwaysConflicting(), new FakeRetryBudget(Duration.ofSeconds(30)));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** One record with a version, which every write changes. */
    private static final class OneRecord implements Transport {
        private int version = 1;

        @Override
        public Reply execute(StoreName store, Operation operation) {
            if (operation instanceof Operation.Put put
                    && put.ifVersion().isPresent()
                    && put.ifVersion().getAsLong() != version) {
                throw new StorageException(ErrorCode.VERSION_CONFLICT, "another writer was faster");
            }
            if (!operation.isRead()) {
                version++;
            }
            Object result = operation instanceof Operation.Increment ? (Object) 1L : Hash.empty();
            return new Reply(true, result, version, OptionalLong.empty());
        }
    }

    @Test
    @DisplayName("PATCH-3: an updater that always writes to its own record ends at once, and the error says why")
    void updaterWritesToItsRecord() {
        FakeRetryBudget budget = new FakeRetryBudget(Duration.ofSeconds(30));
        KeyValueStore kv = new TransportStorage(new OneRecord(), budget).kvStore();
        List<UnaryOperator<Hash>> updaters = List.of(
                current -> kv.put("k", Hash.empty()),
                current -> kv.patch("k", Hash.empty()),
                current -> kv.patch("k", inner -> inner),
                current -> Hash.of("n", kv.increment("k", "n")),
                current -> Hash.of(
                        "version",
                        kv.putIfVersion("k", Hash.empty(), kv.snapshot("k").version())));
        for (UnaryOperator<Hash> updater : updaters) {
            assertThatThrownBy(() -> kv.patch("k", updater))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                    .hasMessageContaining("'k' in kvStore")
                    .hasMessageContaining("the updater itself wrote to 'k'")
                    .hasMessageContaining("Return the change from the updater");
        }
        assertThat(budget.now).isZero();
    }

    @Test
    @DisplayName(
            "PATCH-3: an updater that always writes to its record through another client ends before the time limit")
    void updaterWritesThroughAnotherClient() {
        FakeRetryBudget budget = new FakeRetryBudget(Duration.ofSeconds(30));
        OneRecord record = new OneRecord();
        KeyValueStore kv = new TransportStorage(record, budget).kvStore();
        KeyValueStore other = new TransportStorage((store, operation) -> record.execute(store, operation)).kvStore();
        assertThatThrownBy(() -> kv.patch("k", current -> other.put("k", Hash.empty())))
                .hasMessageContaining("the updater itself wrote to 'k'");
        assertThat(budget.now).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    @DisplayName("PATCH-3: an updater may read its record, write other records, and write its own a few times")
    void updaterMayUseTheStore() {
        KeyValueStore kv = new TransportStorage(new OneRecord(), new FakeRetryBudget(Duration.ofSeconds(30))).kvStore();
        int[] rounds = new int[1];
        kv.patch("k", current -> {
            kv.get("k");
            if (++rounds[0] <= 10) {
                kv.put("k", Hash.empty());
            }
            return current;
        });
        assertThat(rounds[0]).isEqualTo(11);
        TransportStorage contended =
                new TransportStorage(alwaysConflicting(), new FakeRetryBudget(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> contended
                        .kvStore()
                        .patch("k", current -> contended.kvStore().get("other")))
                .hasMessageContaining("another writer was faster");
    }
}
