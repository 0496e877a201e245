package dev.stowage.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that read at the same time share calls, and none of them sees less, waits longer or fails for another one's sake. */
@Timeout(60)
class ReadBatchesTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A call that the engine has received, and responds to when the test says so. */
    private record Call(List<Integer> queries, CompletableFuture<List<String>> answers) {

        void answer() {
            answers.complete(queries.stream().map(query -> "answer " + query).toList());
        }
    }

    private List<String> engine(List<Integer> queries) {
        Call call = new Call(queries, new CompletableFuture<>());
        calls.add(call);
        try {
            return call.answers.get();
        } catch (Exception problem) {
            if (problem instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new StorageException(ErrorCode.UNAVAILABLE, "no answer", problem);
        }
    }

    private ReadBatches<Integer, String> batches(int mostAtOnce, Duration patience) {
        return new ReadBatches<>(this::engine, mostAtOnce, patience);
    }

    private CompletableFuture<String> start(ReadBatches<Integer, String> batches, int query) {
        return CompletableFuture.supplyAsync(() -> batches.read(query), threads);
    }

    /** Starts reads of 2, 3, … while the call of 1 is under way, and returns when all of them wait. */
    private List<CompletableFuture<String>> startWaiting(ReadBatches<Integer, String> batches, int count)
            throws InterruptedException {
        List<CompletableFuture<String>> reads = IntStream.range(2, 2 + count)
                .mapToObj(query -> start(batches, query))
                .toList();
        awaitWaiting(batches, count);
        return reads;
    }

    /** Starts reads of 2, 3, … and lets them go on together: the call that they have waited for is over. */
    private List<CompletableFuture<String>> startTogether(ReadBatches<Integer, String> batches, int count)
            throws Exception {
        CompletableFuture<String> first = start(batches, 1);
        Call ofFirst = call();
        List<CompletableFuture<String>> others = startWaiting(batches, count);
        ofFirst.answer();
        assertThat(first.get()).isEqualTo("answer 1");
        return others;
    }

    private static void awaitWaiting(ReadBatches<Integer, String> batches, int count) {
        while (batches.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private Call call() throws InterruptedException {
        return calls.take();
    }

    @AfterEach
    void end() {
        calls.forEach(Call::answer);
        threads.shutdownNow();
    }

    @Test
    @DisplayName("a read that finds no call under way makes its own at once")
    void alone() throws Exception {
        CompletableFuture<String> read = start(batches(10, NEVER), 1);
        Call call = call();
        assertThat(call.queries()).containsExactly(1);
        call.answer();
        assertThat(read.get()).isEqualTo("answer 1");
    }

    @Test
    @DisplayName("reads that wait go together, when the call under way has ended, and each gets its own answer")
    void together() throws Exception {
        ReadBatches<Integer, String> batches = batches(10, NEVER);
        CompletableFuture<String> first = start(batches, 1);
        Call ofFirst = call();
        List<CompletableFuture<String>> others = startWaiting(batches, 3);
        assertThat(calls).isEmpty();

        ofFirst.answer();
        Call ofOthers = call();
        assertThat(ofOthers.queries()).containsExactlyInAnyOrder(2, 3, 4);
        assertThat(first.get()).isEqualTo("answer 1");
        assertThat(others).noneMatch(CompletableFuture::isDone);
        ofOthers.answer();
        for (int i = 0; i < 3; i++) {
            assertThat(others.get(i).get()).isEqualTo("answer " + (i + 2));
        }
        CompletableFuture<String> last = start(batches, 9);
        Call ofLast = call();
        assertThat(ofLast.queries()).containsExactly(9);
        ofLast.answer();
        assertThat(last.get()).isEqualTo("answer 9");
    }

    @Test
    @DisplayName("a call has no more reads than the engine takes; the others are in the calls after it")
    void limit() throws Exception {
        ReadBatches<Integer, String> batches = batches(2, NEVER);
        List<CompletableFuture<String>> others = startTogether(batches, 5);
        for (int expected : new int[] {2, 2, 1}) {
            Call call = call();
            assertThat(call.queries()).hasSize(expected);
            call.answer();
        }
        for (CompletableFuture<String> other : others) {
            other.get();
        }
    }

    @Test
    @DisplayName("a call that hangs holds up nobody for longer than the patience, and its end disturbs no other call")
    void hanging() throws Exception {
        ReadBatches<Integer, String> batches = batches(10, Duration.ofSeconds(1));
        CompletableFuture<String> hanging = start(batches, 1);
        Call ofHanging = call();
        CompletableFuture<String> beside = start(batches, 2);
        Call ofBeside = call();
        assertThat(ofBeside.queries()).containsExactly(2);
        CompletableFuture<String> next = start(batches, 3);
        awaitWaiting(batches, 1);
        ofHanging.answer();
        assertThat(hanging.get()).isEqualTo("answer 1");
        assertThat(batches.waiting()).isEqualTo(1);
        ofBeside.answer();
        assertThat(beside.get()).isEqualTo("answer 2");
        Call ofNext = call();
        assertThat(ofNext.queries()).containsExactly(3);
        ofNext.answer();
        assertThat(next.get()).isEqualTo("answer 3");
    }

    @Test
    @DisplayName(
            "reads that fail at once together are repeated alone: what fails for one of them is not the failure of the others")
    void failureOfOne() throws Exception {
        ReadBatches<Integer, String> batches = batches(10, NEVER);
        List<CompletableFuture<String>> others = startTogether(batches, 2);
        fail(call());
        for (int i = 0; i < 2; i++) {
            Call alone = call();
            if (alone.queries().equals(List.of(2))) {
                fail(alone);
            } else {
                alone.answer();
            }
        }
        assertFailed(others.get(0));
        assertThat(others.get(1).get()).isEqualTo("answer 3");
    }

    @Test
    @DisplayName("reads that fail after a while are not repeated: the engine is away, and each has waited long enough")
    void lateFailure() throws Exception {
        Duration patience = Duration.ofMillis(100);
        ReadBatches<Integer, String> batches = batches(10, patience);
        List<CompletableFuture<String>> others = startTogether(batches, 2);
        for (int failed = 0; failed < 2; ) {
            Call call = call();
            long start = System.nanoTime();
            while (System.nanoTime() - start < patience.toNanos()) {
                Thread.onSpinWait();
            }
            fail(call);
            failed += call.queries().size();
        }
        others.forEach(ReadBatchesTest::assertFailed);
        assertThat(calls).isEmpty();
    }

    private static void fail(Call call) {
        call.answers().completeExceptionally(new IllegalStateException("away"));
    }

    private static void assertFailed(CompletableFuture<String> read) {
        assertThatThrownBy(read::get).hasRootCauseMessage("away");
    }

    @Test
    @DisplayName("a thread that is interrupted while it reads for others fails alone")
    void interrupted() throws Exception {
        ReadBatches<Integer, String> batches = batches(10, NEVER);
        CompletableFuture<String> first = start(batches, 1);
        Call ofFirst = call();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread toInterrupt = new Thread(() -> {
            try {
                batches.read(2);
            } catch (StorageException problem) {
                failure.complete(problem);
            }
        });
        toInterrupt.start();
        awaitWaiting(batches, 1);
        CompletableFuture<String> other = start(batches, 3);
        awaitWaiting(batches, 2);
        ofFirst.answer();
        first.get();
        assertThat(call().queries()).containsExactly(2, 3);
        toInterrupt.interrupt();
        assertThat(failure.get()).hasMessage("no answer");
        Call alone = call();
        while (!alone.queries().equals(List.of(3))) {
            alone = call();
        }
        alone.answer();
        assertThat(other.get()).isEqualTo("answer 3");
    }

    @Test
    @DisplayName("a thread that is interrupted while it waits gets its answer, and stays interrupted")
    void interruptedWhileWaiting() throws Exception {
        ReadBatches<Integer, String> batches = batches(10, NEVER);
        CompletableFuture<String> first = start(batches, 1);
        Call ofFirst = call();
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> leader = start(batches, 2);
        awaitWaiting(batches, 1);
        Thread waiting = new Thread(() ->
                answer.complete(batches.read(3) + " " + Thread.currentThread().isInterrupted()));
        waiting.start();
        awaitWaiting(batches, 2);
        waiting.interrupt();
        ofFirst.answer();
        call().answer();
        assertThat(answer.get()).isEqualTo("answer 3 true");
        assertThat(Stream.of(first, leader).map(CompletableFuture::join)).containsExactly("answer 1", "answer 2");
    }
}
