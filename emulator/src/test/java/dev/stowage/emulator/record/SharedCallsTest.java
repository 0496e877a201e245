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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that come at the same time share calls, and none of them sees less, waits longer or fails for another one's sake. */
@Timeout(60)
class SharedCallsTest {

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

    private SharedCalls<Integer, String> shared(int mostAtOnce, Duration patience) {
        return shared(SharedCalls.Limits.of(mostAtOnce), patience);
    }

    private SharedCalls<Integer, String> shared(SharedCalls.Limits<Integer> limits, Duration patience) {
        return new SharedCalls<>(this::engine, limits, threads, patience);
    }

    private static CompletableFuture<String> start(SharedCalls<Integer, String> shared, int query) {
        return shared.ask(query);
    }

    /** Starts reads of 2, 3, … while the call of 1 is under way, and returns when all of them wait. */
    private List<CompletableFuture<String>> startWaiting(SharedCalls<Integer, String> shared, int count)
            throws InterruptedException {
        List<CompletableFuture<String>> reads = IntStream.range(2, 2 + count)
                .mapToObj(query -> start(shared, query))
                .toList();
        awaitWaiting(shared, count);
        return reads;
    }

    /** Starts reads of 2, 3, … and lets them go on together: the call that they have waited for is over. */
    private List<CompletableFuture<String>> startTogether(SharedCalls<Integer, String> shared, int count)
            throws Exception {
        CompletableFuture<String> first = start(shared, 1);
        Call ofFirst = call();
        List<CompletableFuture<String>> others = startWaiting(shared, count);
        ofFirst.answer();
        assertThat(first.get()).isEqualTo("answer 1");
        return others;
    }

    private static void awaitWaiting(SharedCalls<Integer, String> shared, int count) {
        while (shared.waiting() < count) {
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
        CompletableFuture<String> read = start(shared(10, NEVER), 1);
        Call call = call();
        assertThat(call.queries()).containsExactly(1);
        call.answer();
        assertThat(read.get()).isEqualTo("answer 1");
    }

    @Test
    @DisplayName("reads that wait go together, when the call under way has ended, and each gets its own answer")
    void together() throws Exception {
        SharedCalls<Integer, String> shared = shared(10, NEVER);
        CompletableFuture<String> first = start(shared, 1);
        Call ofFirst = call();
        List<CompletableFuture<String>> others = startWaiting(shared, 3);
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
        CompletableFuture<String> last = start(shared, 9);
        Call ofLast = call();
        assertThat(ofLast.queries()).containsExactly(9);
        ofLast.answer();
        assertThat(last.get()).isEqualTo("answer 9");
    }

    @Test
    @DisplayName("a call has no more reads than the engine takes; the others are in the calls after it")
    void limit() throws Exception {
        SharedCalls<Integer, String> shared = shared(2, NEVER);
        List<CompletableFuture<String>> others = startTogether(shared, 5);
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
        SharedCalls<Integer, String> shared = shared(10, Duration.ofSeconds(1));
        CompletableFuture<String> hanging = start(shared, 1);
        Call ofHanging = call();
        CompletableFuture<String> beside = start(shared, 2);
        Call ofBeside = call();
        assertThat(ofBeside.queries()).containsExactly(2);
        CompletableFuture<String> next = start(shared, 3);
        awaitWaiting(shared, 1);
        ofHanging.answer();
        assertThat(hanging.get()).isEqualTo("answer 1");
        assertThat(shared.waiting()).isEqualTo(1);
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
        SharedCalls<Integer, String> shared = shared(10, NEVER);
        List<CompletableFuture<String>> others = startTogether(shared, 2);
        fail(call());
        Call second = call();
        assertThat(second.queries()).containsExactly(2);
        fail(second);
        Call third = call();
        assertThat(third.queries()).containsExactly(3);
        third.answer();
        assertFailed(others.get(0));
        assertThat(others.get(1).get()).isEqualTo("answer 3");
    }

    @Test
    @DisplayName("reads that fail after a while are not repeated: the engine is away, and each has waited long enough")
    void lateFailure() throws Exception {
        Duration patience = Duration.ofMillis(100);
        SharedCalls<Integer, String> shared = shared(10, patience);
        List<CompletableFuture<String>> others = startTogether(shared, 2);
        for (int failed = 0; failed < 2; ) {
            Call call = call();
            long start = System.nanoTime();
            while (System.nanoTime() - start < patience.toNanos()) {
                Thread.onSpinWait();
            }
            fail(call);
            failed += call.queries().size();
        }
        others.forEach(SharedCallsTest::assertFailed);
        assertThat(calls).isEmpty();
    }

    private static void fail(Call call) {
        call.answers().completeExceptionally(new IllegalStateException("away"));
    }

    private static void assertFailed(CompletableFuture<String> read) {
        assertThatThrownBy(read::get).hasRootCauseMessage("away");
    }

    @Test
    @DisplayName("requests that may have been carried out are not repeated when their call fails")
    void unknownOutcome() throws Exception {
        SharedCalls<Integer, String> writes = new SharedCalls<>(
                queries -> {
                    engine(queries);
                    throw new OutcomeUnknownException(new IllegalStateException("away"));
                },
                SharedCalls.Limits.of(10),
                threads,
                NEVER);
        List<CompletableFuture<String>> others = startTogetherAfterFailure(writes, 2);
        call().answer();
        others.forEach(other -> assertThatThrownBy(other::get).hasCauseInstanceOf(OutcomeUnknownException.class));
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("nor are those whose call has failed with anything else than a refusal")
    void bug() throws Exception {
        SharedCalls<Integer, String> writes = new SharedCalls<>(
                queries -> {
                    engine(queries);
                    return List.of();
                },
                SharedCalls.Limits.of(10),
                threads,
                NEVER);
        List<CompletableFuture<String>> others = startTogetherAfterFailure(writes, 2);
        call().answer();
        others.forEach(other -> assertThatThrownBy(other::get).hasCauseInstanceOf(IllegalStateException.class));
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("requests that are repeated alone don't wait for one of them that hangs")
    void hangingAlone() throws Exception {
        SharedCalls<Integer, String> shared = shared(10, Duration.ofSeconds(1));
        List<CompletableFuture<String>> others = startTogether(shared, 3);
        fail(call());
        Call hanging = call();
        Call third = call();
        Call fourth = call();
        third.answer();
        fourth.answer();
        assertThat(others.get(1).get()).isEqualTo("answer 3");
        assertThat(others.get(2).get()).isEqualTo("answer 4");
        hanging.answer();
        assertThat(others.get(0).get()).isEqualTo("answer 2");
    }

    private List<CompletableFuture<String>> startTogetherAfterFailure(SharedCalls<Integer, String> writes, int count)
            throws Exception {
        CompletableFuture<String> first = start(writes, 1);
        Call ofFirst = call();
        List<CompletableFuture<String>> others = startWaiting(writes, count);
        ofFirst.answer();
        assertThatThrownBy(first::get).isNotNull();
        return others;
    }

    @Test
    @DisplayName("a call is no larger than its limit, unless it has one request")
    void bytes() throws Exception {
        SharedCalls<Integer, String> shared = shared(new SharedCalls.Limits<>(10, 6, query -> query), NEVER);
        List<CompletableFuture<String>> others = startTogether(shared, 6);
        for (List<Integer> expected : List.of(List.of(2, 3), List.of(4), List.of(5), List.of(6), List.of(7))) {
            Call call = call();
            assertThat(call.queries()).isEqualTo(expected);
            call.answer();
        }
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get();
    }

    @Test
    @DisplayName("a thread that waits makes its call itself, and lets those go on that have waited for it")
    void waitingThread() throws Exception {
        SharedCalls<Integer, String> shared = shared(10, NEVER);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread waiting = new Thread(() -> answer.complete(shared.askAndWait(1)));
        waiting.start();
        Call own = call();
        CompletableFuture<String> other = start(shared, 2);
        assertThat(shared.waiting()).isEqualTo(1);
        own.answer();
        assertThat(answer.get()).isEqualTo("answer 1");
        call().answer();
        assertThat(other.get()).isEqualTo("answer 2");
    }

    @Test
    @DisplayName("a thread that is interrupted while it waits for others gets its answer, and stays interrupted")
    void interrupted() throws Exception {
        SharedCalls<Integer, String> shared = shared(10, NEVER);
        CompletableFuture<String> first = start(shared, 1);
        Call ofFirst = call();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread waiting = new Thread(() -> answer.complete(
                shared.askAndWait(2) + " " + Thread.currentThread().isInterrupted()));
        waiting.start();
        awaitWaiting(shared, 1);
        waiting.interrupt();
        ofFirst.answer();
        assertThat(first.get()).isEqualTo("answer 1");
        call().answer();
        assertThat(answer.get()).isEqualTo("answer 2 true");
    }

    @Test
    @DisplayName("after the end, requests are refused, also those that wait")
    void closed() throws Exception {
        SharedCalls<Integer, String> shared = shared(10, NEVER);
        CompletableFuture<String> first = start(shared, 1);
        Call ofFirst = call();
        CompletableFuture<String> waiting = start(shared, 2);
        threads.shutdown();
        ofFirst.answer();
        assertThat(first.get()).isEqualTo("answer 1");
        call().answer();
        assertThat(waiting.get()).isEqualTo("answer 2");
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(start(shared, 3)::get).hasMessageContaining("was closed");
    }
}
