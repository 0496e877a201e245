package dev.stowage.storage.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordLanesTest {

    private static final int WRITERS = 100;

    /** A record in which every writer has read the first version before one of them writes. */
    private static final class ContendedRecord implements Transport {

        private final CyclicBarrier allHaveRead = new CyclicBarrier(WRITERS);
        private final AtomicInteger writes = new AtomicInteger();
        private final ThreadLocal<Boolean> hasWaited = ThreadLocal.withInitial(() -> false);
        private long version = 1;

        @Override
        public Reply execute(StoreName store, Operation operation) {
            if (operation instanceof Operation.Put put) {
                writes.incrementAndGet();
                awaitAllOnce();
                return put(put);
            }
            synchronized (this) {
                return new Reply(true, Hash.empty(), version, OptionalLong.empty());
            }
        }

        private synchronized Reply put(Operation.Put put) {
            if (put.ifVersion().orElse(0) != version) {
                throw new StorageException(ErrorCode.VERSION_CONFLICT, "another writer was faster");
            }
            version++;
            return new Reply(true, Hash.empty(), version, OptionalLong.empty());
        }

        private void awaitAllOnce() {
            if (hasWaited.get()) {
                return;
            }
            hasWaited.set(true);
            try {
                allHaveRead.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @DisplayName("PATCH-3: of the updaters of one process that meet on a record, each needs two rounds at most")
    void updatersTakeTurns() {
        ContendedRecord record = new ContendedRecord();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            // Each has a client of its own, as with one for each request.
            CompletableFuture.allOf(IntStream.range(0, WRITERS)
                            .mapToObj(i -> CompletableFuture.runAsync(
                                    () -> TransportStorage.takingTurns(record, Duration.ofSeconds(30))
                                            .kvStore()
                                            .patch("k", current -> current),
                                    threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdownNow();
        }
        assertThat(record.version).isEqualTo(1 + WRITERS);
        assertThat(record.writes).hasValue(2 * WRITERS - 1);
    }

    @Test
    void whoWaitsLongGoesOnWithoutItsTurn() throws Exception {
        RecordLanes lanes = new RecordLanes(Duration.ofMillis(1));
        CountDownLatch hasTheTurn = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> lanes.inTurn("record", () -> {
            hasTheTurn.countDown();
            await(done);
            return "slow";
        }));
        hasTheTurn.await();
        assertThat(lanes.inTurn("record", () -> "impatient")).isEqualTo("impatient");
        done.countDown();
        assertThat(slow.get()).isEqualTo("slow");
        assertThat(lanes.inTurn("record", () -> lanes.inTurn("record", () -> "again")))
                .isEqualTo("again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
