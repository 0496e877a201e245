package dev.stowage.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpdaterLoopTest {

    /** Waiting moves this clock, so that nobody has to wait. */
    private static final class FakePatience extends RetryBudget {
        private final List<Long> pauses = new ArrayList<>();
        private long now;

        FakePatience(Duration limit) {
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

    private static Transport alwaysOvertaken() {
        return (store, operation) -> {
            if (operation instanceof Operation.Get) {
                return new Reply(true, Hash.empty(), 1, OptionalLong.empty());
            }
            throw new StorageException(ErrorCode.VERSION_CONFLICT, "overtaken");
        };
    }

    @Test
    @DisplayName("PATCH-3: a limit of time ends it, with an error that says so")
    void limitOfTime() {
        FakePatience patience = new FakePatience(Duration.ofSeconds(30));
        TransportStorage storage = new TransportStorage(alwaysOvertaken(), patience);
        assertThatThrownBy(() -> storage.secrets().patch("k", current -> current))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VERSION_CONFLICT))
                .hasMessageContaining("gave up after PT30S")
                .hasMessageContaining("'k' in secrets");
        assertThat(patience.pauses).hasSizeGreaterThan(1_000);
    }

    @Test
    @DisplayName("PATCH-3: waits are jittered and bounded")
    void jitter() {
        FakePatience patience = new FakePatience(Duration.ofSeconds(30));
        TransportStorage storage = new TransportStorage(alwaysOvertaken(), patience);
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .isInstanceOf(StorageException.class);
        assertThat(patience.pauses).allMatch(pause -> pause >= 0 && pause < 20_000_000);
        assertThat(patience.pauses.stream().distinct().count()).isGreaterThan(100);
        assertThat(patience.pauses.get(0)).isLessThan(400_000);
    }

    @Test
    @DisplayName("PATCH-4: another refusal than a conflict ends it at once")
    void otherRefusals() {
        List<String> calls = new ArrayList<>();
        Transport refusing = (store, operation) -> {
            calls.add(operation.name());
            if (operation instanceof Operation.Get) {
                return new Reply(true, Hash.empty(), 0, OptionalLong.empty());
            }
            throw new StorageException(ErrorCode.RECORD_TOO_LARGE, "too large");
        };
        TransportStorage storage = new TransportStorage(refusing, new FakePatience(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .hasMessage("too large");
        assertThat(calls).containsExactly("get", "put");
    }

    @Test
    @DisplayName("an interrupted thread stops trying")
    void interrupted() {
        TransportStorage storage = new TransportStorage(alwaysOvertaken(), new FakePatience(Duration.ofSeconds(30)));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> storage.kvStore().patch("k", current -> current))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
