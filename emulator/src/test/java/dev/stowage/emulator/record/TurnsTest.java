package dev.stowage.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps on one record take turns, without a thread that waits, and none waits for ever. */
@Timeout(60)
class TurnsTest {

    private static final RecordName RECORD = new RecordName(new Partition("owner", "store"), "key");
    private static final RecordName OTHER = new RecordName(new Partition("owner", "store"), "other");

    private final Turns turns = new Turns(Duration.ofDays(1));
    private final CompletableFuture<String> first = new CompletableFuture<>();

    private CompletableFuture<String> step(String result) {
        return turns.inTurn(RECORD, () -> CompletableFuture.completedFuture(result));
    }

    @Test
    @DisplayName("a step begins when the one before it has ended, and those on other records don't wait for it")
    void inTurn() {
        CompletableFuture<String> ofFirst = turns.inTurn(RECORD, () -> first);
        CompletableFuture<String> second = step("second");
        CompletableFuture<String> third = step("third");
        assertThat(turns.inTurn(OTHER, () -> CompletableFuture.completedFuture("other")))
                .isCompletedWithValue("other");
        assertThat(second).isNotDone();
        first.complete("first");
        assertThat(ofFirst).isCompletedWithValue("first");
        assertThat(second).isCompletedWithValue("second");
        assertThat(third).isCompletedWithValue("third");
    }

    @Test
    @DisplayName("after a step that has failed comes the next one")
    void failure() {
        CompletableFuture<String> ofFirst = turns.inTurn(RECORD, () -> first);
        CompletableFuture<String> second = step("second");
        first.completeExceptionally(new IllegalStateException("failed"));
        assertThat(ofFirst).isCompletedExceptionally();
        assertThat(second).isCompletedWithValue("second");
    }

    @Test
    @DisplayName("a thread that waits for its turn comes in turn with the others")
    void waitingThread() throws Exception {
        CompletableFuture<String> ofFirst = turns.inTurn(RECORD, () -> first);
        CompletableFuture<String> last = new CompletableFuture<>();
        CompletableFuture<String> ofThread = new CompletableFuture<>();
        Thread thread = new Thread(() -> ofThread.complete(turns.inTurnAndWait(RECORD, () -> {
            // The next one waits for the thread's step.
            assertThat(last).isNotDone();
            return "of thread";
        })));
        thread.start();
        while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        var unused = step("last").whenComplete((done, problem) -> last.complete(done));
        first.complete("first");
        assertThat(ofFirst).isCompletedWithValue("first");
        assertThat(ofThread.get()).isEqualTo("of thread");
        assertThat(last.get()).isEqualTo("last");
    }

    @Test
    @DisplayName("when none has ended for long, those that wait go on without their turn")
    void standstill() throws Exception {
        Turns impatient = new Turns(Duration.ofMillis(50));
        CompletableFuture<String> ofFirst = impatient.inTurn(RECORD, () -> first);
        assertThat(impatient
                        .inTurn(RECORD, () -> CompletableFuture.completedFuture("second"))
                        .get())
                .isEqualTo("second");
        assertThat(impatient.inTurnAndWait(RECORD, () -> "third")).isEqualTo("third");
        assertThat(ofFirst).isNotDone();
    }

    @Test
    @DisplayName("while others end, who waits long goes on waiting for its turn")
    void longQueue() {
        Duration standstill = Duration.ofSeconds(2);
        Turns impatient = new Turns(standstill);
        List<CompletableFuture<String>> steps = new ArrayList<>();
        List<CompletableFuture<String>> results = new ArrayList<>();
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 7; i++) {
            CompletableFuture<String> step = new CompletableFuture<>();
            steps.add(step);
            results.add(impatient.inTurn(RECORD, () -> {
                begun.incrementAndGet();
                return step;
            }));
        }
        for (int i = 0; i < 7; i++) {
            assertThat(begun).hasValue(i + 1);
            spinFor(standstill.dividedBy(4));
            steps.get(i).complete("done");
        }
        assertThat(results).allMatch(CompletableFuture::isDone);
    }

    private static void spinFor(Duration time) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            Thread.onSpinWait();
        }
    }
}
