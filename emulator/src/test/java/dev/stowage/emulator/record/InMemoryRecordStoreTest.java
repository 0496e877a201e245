package dev.stowage.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.storage.Hash;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
                Set.of(OTHER),
                Set.of(ONE));
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

    private void create(RecordName guard) {
        Transaction.execute(records, commit -> commit.write(guard.partition(), guard.key(), RecordContent.empty()));
    }

    @Test
    @DisplayName("a list of two partitions is of one moment, also while partitions begin and end")
    void oneMomentOfTwo() {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!end.get()) {
                Transaction.execute(records, commit -> {
                    commit.change(ONE, "k", writing(1));
                    commit.change(OTHER, "k", writing(1));
                });
                Transaction.execute(records, commit -> {
                    commit.drop(ONE);
                    commit.drop(OTHER);
                });
            }
        });
        try {
            for (int i = 0; i < 20_000; i++) {
                Map<Partition, SortedMap<String, StoredRecord>> lists = records.list(Set.of(ONE, OTHER));
                assertThat(lists.get(ONE).keySet()).isEqualTo(lists.get(OTHER).keySet());
            }
        } finally {
            end.set(true);
        }
        writer.join();
    }

    @Test
    @DisplayName("a commit that clears a partition leaves what it writes there, and nothing else")
    void clear() {
        records.update(ONE, "a", before -> new Decided<>(writing(1), ""));
        long version = records.update(ONE, "b", before -> new Decided<>(writing(1), ""))
                .versionAfter();
        Transaction.execute(records, commit -> {
            commit.change(ONE, "forgotten", writing(2));
            commit.clear(ONE);
            assertThat(commit.read(ONE, "a")).isNull();
            commit.change(ONE, "b", writing(3));
        });
        assertThat(records.list(ONE).keySet()).containsExactly("b");
        assertThat(records.read(ONE, "b").version()).isGreaterThan(version);
        Transaction.execute(records, commit -> commit.clear(ONE));
        assertThat(records.list(ONE)).isEmpty();
        assertThat(records.update(ONE, "b", before -> new Decided<>(writing(1), ""))
                        .versionAfter())
                .isGreaterThan(version);
    }

    @Test
    @DisplayName("INST-5: a step whose guard does not exist, never existed or was dropped does nothing")
    void guard() {
        RecordName guard = Partition.guardOf("install/1");
        assertThatThrownBy(() -> records.update(guard, ONE, "a", before -> new Decided<>(writing(1), "")))
                .isInstanceOf(GuardMissingException.class);
        create(guard);
        records.update(guard, ONE, "a", before -> new Decided<>(writing(1), ""));
        Transaction.execute(records, commit -> {
            commit.drop(guard.partition());
            commit.drop(ONE);
        });
        AtomicBoolean decided = new AtomicBoolean();
        assertThatThrownBy(() -> records.update(guard, ONE, "a", before -> {
                    decided.set(true);
                    return new Decided<>(Change.KEEP, "");
                }))
                .isInstanceOf(GuardMissingException.class);
        assertThat(decided).isFalse();
        assertThat(records.list(ONE)).isEmpty();
    }

    @Test
    @DisplayName("INST-5: no step takes effect after its guard was removed, with 3 writers and 200 guards")
    void guardAgainstWriters() {
        for (int i = 0; i < 200; i++) {
            RecordName guard = Partition.guardOf("install/" + i);
            Partition partition = new Partition("app/1", "sharedKvStore");
            create(guard);
            AtomicBoolean removed = new AtomicBoolean();
            CompletableFuture<?>[] writers = IntStream.range(0, 3)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                        try {
                            while (true) {
                                boolean after = removed.get();
                                records.update(guard, partition, "k" + thread, before -> new Decided<>(writing(1), ""));
                                assertThat(after).isFalse();
                            }
                        } catch (GuardMissingException expected) {
                            return;
                        }
                    }))
                    .toArray(CompletableFuture[]::new);
            Transaction.execute(records, commit -> commit.drop(guard.partition()));
            removed.set(true);
            Map<String, StoredRecord> left = records.list(partition);
            CompletableFuture.allOf(writers).join();
            assertThat(records.list(partition)).isEqualTo(left);
        }
    }

    @Test
    @DisplayName("a commit that removes a guard and one that steps with it do not wait for each other for ever")
    void lockOrder() {
        RecordName guard = Partition.guardOf("z");
        Partition first = new Partition("a", "kvStore");
        CompletableFuture<Void> commits = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 5_000; i++) {
                create(guard);
                Transaction.execute(records, commit -> {
                    commit.clear(first);
                    commit.drop(guard.partition());
                });
            }
        });
        int steps = 0;
        while (!commits.isDone()) {
            try {
                records.update(guard, first, "k", before -> new Decided<>(writing(1), ""));
                steps++;
            } catch (GuardMissingException later) {
                Thread.onSpinWait();
            }
        }
        commits.join();
        assertThat(steps).isPositive();
        assertThat(records.list(first)).isEmpty();
    }
}
