package dev.stowage.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.PartitionDroppedException;
import dev.stowage.storage.Hash;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryRecordStoreTest {

    private static final Partition ONE = new Partition("install/1", "kvStore");
    private static final Partition OTHER = new Partition("install/2", "kvStore");

    private final InMemoryRecordStore records = new InMemoryRecordStore();

    private static Change writing(int value) {
        return new Change.Write(RecordContent.of(Hash.of("value", value)), StoredRecord.NEVER);
    }

    private static int valueOf(StoredRecord record) {
        return record.content().hash().getLong("value").intValue();
    }

    @Test
    @DisplayName("a commit whose expectation is not met does nothing")
    void expectation() {
        records.update(ONE, "a", before -> new Decided<>(writing(1), ""));
        Commit commit = new Commit(
                Map.of(new RecordName(ONE, "a"), 7L),
                Map.of(new RecordName(OTHER, "b"), writing(1)),
                java.util.Set.of(ONE));
        assertThat(records.commit(commit)).isFalse();
        assertThat(records.read(ONE, "a")).isNotNull();
        assertThat(records.read(OTHER, "b")).isNull();
    }

    @Test
    @DisplayName("transactions of several threads that read and write two records lose no update")
    void transactions() {
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 500; i++) {
                                Transaction.execute(records, commit -> {
                                    increment(commit, ONE);
                                    increment(commit, OTHER);
                                });
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(valueOf(records.read(ONE, "n"))).isEqualTo(2_000);
        assertThat(valueOf(records.read(OTHER, "n"))).isEqualTo(2_000);
    }

    private static void increment(Transaction commit, Partition partition) {
        RecordContent before = commit.read(partition, "n");
        int value = before == null ? 0 : before.hash().getLong("value").intValue();
        commit.change(partition, "n", writing(value + 1));
    }

    @Test
    @DisplayName("a list is of one moment: it contains a commit as a whole, and no write without the one before it")
    void oneMoment() {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; !end.get(); i++) {
                int value = i;
                records.update(ONE, "first", before -> new Decided<>(writing(value), ""));
                records.update(ONE, "second", before -> new Decided<>(writing(value), ""));
                Transaction.execute(records, commit -> {
                    commit.change(ONE, "x", writing(value));
                    commit.change(ONE, "y", writing(value));
                });
            }
        });
        try {
            for (int i = 0; i < 3_000; i++) {
                Map<String, StoredRecord> list = records.list(ONE);
                if (list.size() == 4) {
                    assertThat(valueOf(list.get("first")) - valueOf(list.get("second")))
                            .isBetween(0, 1);
                    assertThat(valueOf(list.get("x"))).isEqualTo(valueOf(list.get("y")));
                }
            }
        } finally {
            end.set(true);
        }
        writer.join();
    }

    @Test
    @DisplayName("a drop is final: writes to the partition are refused, and dropping it again does nothing")
    void drop() {
        records.update(ONE, "a", before -> new Decided<>(writing(1), ""));
        Transaction.execute(records, commit -> commit.drop(ONE));
        Transaction.execute(records, commit -> commit.drop(ONE));
        assertThat(records.list(ONE)).isEmpty();
        assertThatThrownBy(() -> records.update(ONE, "a", before -> new Decided<>(writing(1), "")))
                .isInstanceOf(PartitionDroppedException.class);
        assertThatThrownBy(() -> Transaction.execute(records, commit -> commit.change(ONE, "a", writing(1))))
                .isInstanceOf(PartitionDroppedException.class);
    }

    @Test
    @DisplayName("no write lands after a drop, with 3 writers and 200 partitions")
    void dropAgainstWriters() {
        for (int i = 0; i < 200; i++) {
            Partition partition = new Partition("install/" + i, "kvStore");
            AtomicBoolean dropped = new AtomicBoolean();
            CompletableFuture<?>[] writers = IntStream.range(0, 3)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                        try {
                            while (true) {
                                boolean after = dropped.get();
                                records.update(partition, "k" + thread, before -> new Decided<>(writing(1), ""));
                                assertThat(after).isFalse();
                            }
                        } catch (PartitionDroppedException expected) {
                            return;
                        }
                    }))
                    .toArray(CompletableFuture[]::new);
            Transaction.execute(records, commit -> commit.drop(partition));
            dropped.set(true);
            CompletableFuture.allOf(writers).join();
            assertThat(records.list(partition)).isEmpty();
        }
    }
}
