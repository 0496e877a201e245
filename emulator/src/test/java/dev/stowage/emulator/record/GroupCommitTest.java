package dev.stowage.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DUR-1, DUR-2: what callers are shown is durable, and a failed write is an unknown outcome, never a refusal. */
class GroupCommitTest {

    private static final Partition PARTITION = new Partition("install/1", "kvStore");

    private final RecordedStorage storage = new RecordedStorage();
    private final InMemoryRecordStore records = new InMemoryRecordStore(storage);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        storage.unblock();
        callers.shutdown();
        records.close();
    }

    private long put(String key, int value) {
        Change change = new Change.Write(RecordContent.of(Hash.of("value", value)), StoredRecord.NEVER);
        return records.update(PARTITION, key, before -> new Decided<>(change, key))
                .versionAfter();
    }

    private <T> CompletableFuture<T> started(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, callers);
    }

    @Test
    @DisplayName("a write is acknowledged when it is durable, and not before")
    void waits() throws Exception {
        storage.block();
        CompletableFuture<Long> write = started(() -> put("a", 1));
        storage.awaitWrite();
        assertThat(write).isNotDone();
        storage.unblock();
        assertThat(write.get()).isEqualTo(1);
        assertThat(storage.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("a record, its absence, a list and a refusal are not shown before they are durable")
    void readsWait() throws Exception {
        put("removed", 1);
        storage.block();
        CompletableFuture<Long> write = started(() -> put("a", 1));
        storage.awaitWrite();
        CompletableFuture<Void> removal = started(
                        () -> records.update(PARTITION, "removed", before -> new Decided<>(Change.REMOVE, "")))
                .thenAccept(done -> {});
        while (records.iterator(PARTITION).hasNext() && count() > 1) {
            Thread.onSpinWait();
        }
        List<CompletableFuture<?>> shown = List.of(
                started(() -> records.read(PARTITION, "a")),
                started(() -> String.valueOf(records.read(PARTITION, "removed"))),
                started(() -> records.list(PARTITION)),
                started(() -> records.update(PARTITION, "a", before -> new Decided<>(Change.KEEP, ""))),
                started(() -> records.<String>update(PARTITION, "a", before -> {
                    throw new StorageException(ErrorCode.VERSION_CONFLICT, "It exists.");
                })));
        assertThat(started(() -> records.read(PARTITION, "other"))).succeedsWithin(java.time.Duration.ofSeconds(10));
        assertThat(shown).noneMatch(CompletableFuture::isDone);
        storage.unblock();
        write.get();
        removal.get();
        assertThat(shown.get(0).get()).isNotNull();
        assertThat(shown.get(1).get()).isEqualTo("null");
        assertThatThrownBy(() -> shown.get(4).get()).hasRootCauseInstanceOf(StorageException.class);
    }

    @Test
    @DisplayName("work whose waits are put off returns at once, and what it changed or saw is shown when it is durable")
    void deferred() throws Exception {
        put("old", 1);
        storage.block();
        letAnotherCallerWait();
        CompletableFuture<Long> write = records.whenDurable(() -> put("a", 1));
        List<CompletableFuture<?>> shown = List.of(
                write,
                records.whenDurable(() -> records.read(PARTITION, "a")),
                records.whenDurable(() -> records.list(PARTITION)),
                records.whenDurable(() -> records.update(PARTITION, "a", before -> new Decided<>(Change.KEEP, ""))),
                records.whenDurable(() -> records.<String>update(PARTITION, "a", before -> {
                    throw new StorageException(ErrorCode.VERSION_CONFLICT, "It exists.");
                })));
        assertThat(shown).noneMatch(CompletableFuture::isDone);
        assertThat(records.whenDurable(() -> records.read(PARTITION, "old"))).isCompleted();
        assertThatThrownBy(() -> records.whenDurable(() -> records.<String>update(PARTITION, "old", before -> {
                    throw new StorageException(ErrorCode.VERSION_CONFLICT, "It exists.");
                })))
                .isInstanceOf(StorageException.class);
        // Outside of such work, a caller waits as before.
        CompletableFuture<StoredRecord> waits = started(() -> records.read(PARTITION, "a"));
        assertThat(waits).isNotDone();
        storage.unblock();
        assertThat(write.get()).isEqualTo(3);
        assertThat(waits.get()).isNotNull();
        assertThat(shown.get(1).get()).isNotNull();
        assertThatThrownBy(() -> shown.get(4).get()).hasCauseInstanceOf(StorageException.class);
    }

    @Test
    @DisplayName("after a failed write, work whose waits were put off has an unknown outcome if it changed something")
    void deferredFailure() throws Exception {
        storage.block();
        letAnotherCallerWait();
        CompletableFuture<Long> write = records.whenDurable(() -> put("b", 1));
        CompletableFuture<StoredRecord> read = records.whenDurable(() -> records.read(PARTITION, "b"));
        storage.fail(new IllegalStateException("The disk is full."));
        storage.unblock();
        assertThatThrownBy(write::get).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertUnavailable(() -> causeOf(read));
        assertUnavailable(() -> records.whenDurable(() -> put("c", 1)));
    }

    /** One caller waits in {@code whenDurable} itself. */
    private void letAnotherCallerWait() throws InterruptedException {
        Thread alone = new Thread(() -> {
            try {
                records.whenDurable(() -> put("alone", 1)).join();
            } catch (CompletionException failedOnPurpose) {
                return;
            }
        });
        alone.start();
        storage.awaitWrite();
        while (alone.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private int count() {
        int count = 0;
        for (var entries = records.iterator(PARTITION); entries.hasNext(); entries.next()) {
            count++;
        }
        return count;
    }

    @Test
    @DisplayName("changes that wait while a transaction is written are written in one transaction, in their order")
    void groups() throws Exception {
        storage.block();
        CompletableFuture<Long> first = started(() -> put("first", 0));
        storage.awaitWrite();
        List<CompletableFuture<Long>> others = IntStream.range(0, 20)
                .mapToObj(i -> started(() -> put("key" + i, i)))
                .toList();
        while (count() < 21) {
            Thread.onSpinWait();
        }
        storage.unblock();
        first.get();
        for (CompletableFuture<Long> other : others) {
            other.get();
        }
        assertThat(storage.size()).isEqualTo(2);
        try (InMemoryRecordStore restarted = new InMemoryRecordStore(storage.after(2))) {
            assertThat(restarted.list(PARTITION)).hasSize(21);
        }
    }

    @Test
    @DisplayName("after a failed write the outcome is unknown for who waits, and everything is unavailable")
    void failure() throws Exception {
        put("a", 1);
        storage.block();
        CompletableFuture<Long> write = started(() -> put("b", 1));
        storage.awaitWrite();
        CompletableFuture<StoredRecord> read = started(() -> records.read(PARTITION, "b"));
        storage.fail(new IllegalStateException("The disk is full."));
        storage.unblock();
        assertThatThrownBy(write::get).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertUnavailable(() -> causeOf(read));
        assertUnavailable(() -> put("c", 1));
        assertUnavailable(() -> records.read(PARTITION, "a"));
        assertUnavailable(() -> records.list(PARTITION));
        assertThat(storage.size()).isEqualTo(1);
    }

    /** Throws what the call has failed with. */
    private static void causeOf(CompletableFuture<?> call) throws Throwable {
        try {
            call.get();
        } catch (ExecutionException problem) {
            throw problem.getCause();
        }
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("The disk is full.");
    }

    @Test
    @DisplayName("DUR-5: no version is used again after a restart, also not one of a removed record")
    void versions() {
        put("a", 1);
        long last = put("a", 2);
        records.update(PARTITION, "a", before -> new Decided<>(Change.REMOVE, ""));
        RecordedStorage crashed = storage.after(storage.size());
        try (InMemoryRecordStore restarted = new InMemoryRecordStore(crashed)) {
            Change change = new Change.Write(RecordContent.of(Hash.of("value", 3)), StoredRecord.NEVER);
            assertThat(restarted
                            .update(PARTITION, "a", before -> new Decided<>(change, ""))
                            .versionAfter())
                    .isGreaterThan(last);
        }
    }
}
