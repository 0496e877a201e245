package dev.stowage.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Delays delays = new Delays();

    @Test
    void aDelayThatItsOperationEndsIsForgotten() {
        CompletableFuture<Void> delay = delays.start(1, LONG);
        assertThat(delays.waiting()).isEqualTo(1);
        delay.complete(null);
        assertThat(delays.waiting()).isZero();
    }

    @Test
    void theEndOfARuleEndsItsDelaysAndNoOthers() {
        CompletableFuture<Void> first = delays.start(1, LONG);
        CompletableFuture<Void> second = delays.start(2, LONG);
        delays.end(List.of(1L));
        assertThat(first).isCompleted();
        assertThat(second).isNotCompleted();
        delays.endAll();
        assertThat(second).isCompleted();
        assertThat(delays.waiting()).isZero();
    }

    @Test
    void aDelayEndsByItself() {
        delays.start(1, Duration.ofMillis(1)).join();
        assertThat(delays.waiting()).isZero();
    }
}
