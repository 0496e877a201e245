package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.GuardMissingException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.storage.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A record store's own tests extend this class. A store that several processes share is used through two handles, as by two of them. */
@Timeout(120)
public abstract class RecordStoreContract {

    /** Tells the partitions of one test from those of others, as a store may outlive a test. */
    private final String test = UUID.randomUUID().toString();

    private final Partition one = new Partition(test + "/1", "kvStore");
    private final Partition other = new Partition(test + "/2", "kvStore");
    private final RecordName guard = Partition.guardOf(test);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private RecordStore records;
    private RecordStore others;

    /** Opens the store. A store that is shared is opened twice for each test. */
    protected abstract RecordStore open();

    /** How often the races are run. A store in another process takes longer for each. */
    protected abstract int rounds();

    @BeforeEach
    void openBoth() {
        records = open();
        others = records.isShared() ? open() : records;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        others.close();
        if (others != records) {
            records.close();
        }
    }

    private static Change writing(int value) {
        return new Change.Write(RecordContent.of(Hash.of("value", value)), StoredRecord.NEVER);
    }

    private static int valueOf(@Nullable StoredRecord record) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(record).content().hash().getLong("value"))
                .intValue();
    }

    private long put(RecordStore store, String key, int value) {
        return store.update(one, key, before -> new Decided<>(writing(value), ""))
                .versionAfter();
    }

    private void create(RecordName name) {
        Transaction.execute(records, commit -> commit.write(name.partition(), name.key(), RecordContent.empty()));
    }

    private CompletableFuture<Void> started(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    private void inThreads(Runnable... work) {
        CompletableFuture.allOf(Stream.of(work).map(this::started).toArray(CompletableFuture[]::new))
                .join();
    }

    @Test
    @DisplayName(
            "what was written is read again, by every handle: content, expiry, version, and keys of all characters")
    void roundTrip() {
        Hash content = Hash.of("text", "ä€𝄞\"\\\n", "nul", "a\0b", "n", 1.5, "none", null);
        for (String key : List.of("k", "\0", "a\0b", "ä€𝄞", "a".repeat(1_000), "%", "'", "\\x00", "\uffff")) {
            long version = records.update(
                            one,
                            key,
                            before -> new Decided<>(new Change.Write(RecordContent.of(content), 4_102_444_800L), ""))
                    .versionAfter();
            StoredRecord read = Objects.requireNonNull(others.read(one, key));
            assertThat(read.content().hash()).isEqualTo(content);
            assertThat(read.version()).isEqualTo(version);
            assertThat(read.expiresAt()).isEqualTo(4_102_444_800L);
            assertThat(others.list(one)).containsKey(key);
        }
        assertThat(records.read(one, "absent")).isNull();
        assertThat(records.read(other, "k")).isNull();
        assertThat(records.list(other)).isEmpty();
    }

    @Test
    @DisplayName("LIN-2: a version is greater than every earlier one of the key, also after a removal and a clear")
    void versions() {
        long first = put(records, "k", 1);
        long second = put(others, "k", 2);
        assertThat(second).isGreaterThan(first);
        assertThat(records.update(one, "k", before -> new Decided<>(Change.REMOVE, "")))
                .isEqualTo(new RecordStore.Updated<>("", second, 0));
        long third = put(others, "k", 3);
        assertThat(third).isGreaterThan(second);
        Transaction.execute(records, commit -> commit.clear(one));
        assertThat(put(records, "k", 4)).isGreaterThan(third);
    }

    @Test
    @DisplayName("a step that keeps a record, or removes one that does not exist, changes nothing")
    void keeps() {
        long version = put(records, "k", 1);
        assertThat(records.update(one, "k", before -> new Decided<>(Change.KEEP, valueOf(before))))
                .isEqualTo(new RecordStore.Updated<>(1, version, version));
        assertThat(records.update(one, "absent", before -> new Decided<>(Change.REMOVE, "")))
                .isEqualTo(new RecordStore.Updated<>("", 0, 0));
        assertThat(records.removeIf(one, "k", stored -> false)).isFalse();
        assertThat(records.removeIf(one, "absent", stored -> true)).isFalse();
        assertThat(valueOf(others.read(one, "k"))).isEqualTo(1);
        assertThat(records.removeIf(one, "k", stored -> true)).isTrue();
        assertThat(records.read(one, "k")).isNull();
    }

    @Test
    @DisplayName("an exception of a decision reaches the caller, and nothing has changed")
    void refusedDecision() {
        put(records, "k", 1);
        assertThatThrownBy(() -> records.<String>update(one, "k", before -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(valueOf(records.read(one, "k"))).isEqualTo(1);
    }

    @Test
    @DisplayName("steps of several threads and handles on one record lose no update")
    void steps() {
        int rounds = rounds();
        Runnable work = () -> {
            for (int i = 0; i < rounds; i++) {
                RecordStore store = i % 2 == 0 ? records : others;
                store.update(one, "n", before -> new Decided<>(writing(before == null ? 1 : valueOf(before) + 1), ""));
            }
        };
        inThreads(work, work, work, work);
        assertThat(valueOf(records.read(one, "n"))).isEqualTo(4 * rounds);
    }

    @Test
    @DisplayName("LIN-2: no reader sees a version after a greater one, while a record is created, changed and removed")
    void versionsSeen() {
        AtomicBoolean end = new AtomicBoolean();
        Runnable writer = () -> {
            for (int i = 0; i < rounds(); i++) {
                put(i % 2 == 0 ? records : others, "k", i);
                if (i % 3 == 0) {
                    records.update(one, "k", before -> new Decided<>(Change.REMOVE, ""));
                }
            }
        };
        Runnable reader = () -> {
            long greatest = 0;
            while (!end.get()) {
                StoredRecord seen = others.read(one, "k");
                if (seen != null) {
                    assertThat(seen.version()).isGreaterThanOrEqualTo(greatest);
                    greatest = seen.version();
                }
            }
        };
        CompletableFuture<Void> reads = started(reader);
        try {
            inThreads(writer, writer, writer);
        } finally {
            end.set(true);
        }
        reads.join();
    }

    @Test
    @DisplayName("a commit whose expectation is not met does nothing")
    void expectation() {
        put(records, "a", 1);
        put(records, "c", 1);
        Commit commit = new Commit(
                Map.of(new RecordName(one, "a"), 7L),
                Map.of(new RecordName(other, "b"), writing(1)),
                Set.of(),
                Set.of(one));
        assertThat(others.commit(commit)).isFalse();
        assertThat(records.list(one).keySet()).containsExactly("a", "c");
        assertThat(records.read(other, "b")).isNull();
        Commit ofAbsent = new Commit(
                Map.of(new RecordName(one, "absent"), 0L),
                Map.of(new RecordName(other, "b"), writing(1)),
                Set.of(),
                Set.of());
        assertThat(others.commit(ofAbsent)).isTrue();
        assertThat(records.read(other, "b")).isNotNull();
    }

    @Test
    @DisplayName("transactions of several threads and handles that read and write two records lose no update")
    void transactions() {
        int rounds = rounds();
        Runnable work = () -> {
            for (int i = 0; i < rounds; i++) {
                Transaction.execute(i % 2 == 0 ? records : others, commit -> {
                    increment(commit, one);
                    increment(commit, other);
                });
            }
        };
        inThreads(work, work, work, work);
        assertThat(valueOf(records.read(one, "n"))).isEqualTo(4 * rounds);
        assertThat(valueOf(records.read(other, "n"))).isEqualTo(4 * rounds);
    }

    private static void increment(Transaction commit, Partition partition) {
        RecordContent before = commit.read(partition, "n");
        Long value = before == null ? Long.valueOf(0) : before.hash().getLong("value");
        commit.change(partition, "n", writing(Objects.requireNonNull(value).intValue() + 1));
    }

    @Test
    @DisplayName("a list is of one moment: it contains a commit as a whole, and no write without the one before it")
    void oneMoment() {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = started(() -> {
            for (int i = 1; !end.get(); i++) {
                int value = i;
                put(records, "first", value);
                put(records, "second", value);
                Transaction.execute(records, commit -> {
                    commit.change(one, "x", writing(value));
                    commit.change(one, "y", writing(value));
                });
            }
        });
        try {
            int compared = 0;
            while (compared < rounds()) {
                Map<String, StoredRecord> list = others.list(one);
                if (list.size() == 4) {
                    compared++;
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
    @DisplayName("a list of two partitions is of one moment, also while partitions begin and end")
    void oneMomentOfTwo() {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = started(() -> {
            while (!end.get()) {
                Transaction.execute(records, commit -> {
                    commit.change(one, "k", writing(1));
                    commit.change(other, "k", writing(1));
                });
                Transaction.execute(records, commit -> {
                    commit.drop(one);
                    commit.drop(other);
                });
            }
        });
        try {
            for (int i = 0; i < rounds(); i++) {
                Map<Partition, SortedMap<String, StoredRecord>> lists = others.list(Set.of(one, other));
                assertThat(Objects.requireNonNull(lists.get(one)).keySet())
                        .isEqualTo(Objects.requireNonNull(lists.get(other)).keySet());
            }
        } finally {
            end.set(true);
        }
        writer.join();
    }

    @Test
    @DisplayName("a list is in the order of the keys, and an iterator finds every record once")
    void manyRecords() {
        Transaction.execute(records, commit -> {
            for (int i = 0; i < 2_500; i++) {
                commit.change(one, "key" + i, writing(i));
            }
        });
        assertThat(List.copyOf(others.list(one).keySet())).hasSize(2_500).isSorted();
        Set<String> found = new HashSet<>();
        others.iterator(one)
                .forEachRemaining(entry -> assertThat(found.add(entry.getKey())).isTrue());
        assertThat(found).hasSize(2_500);
        assertThat(others.iterator(other)).isExhausted();
    }

    @Test
    @DisplayName("a commit that clears a partition leaves what it writes there, and nothing else")
    void clear() {
        put(records, "a", 1);
        put(records, "b", 1);
        Transaction.execute(records, commit -> {
            commit.change(one, "forgotten", writing(2));
            commit.clear(one);
            assertThat(commit.read(one, "a")).isNull();
            commit.change(one, "b", writing(3));
        });
        assertThat(others.list(one).keySet()).containsExactly("b");
        Transaction.execute(records, commit -> commit.clear(one));
        assertThat(others.list(one)).isEmpty();
    }

    @Test
    @DisplayName("no record that is written while a partition is cleared is in it together with an older one")
    void clearAgainstWriters() {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = started(() -> {
            for (int i = 0; !end.get(); i++) {
                put(others, "k" + i % 1_000, 1);
            }
        });
        try {
            for (int i = 0; i < rounds() / 4; i++) {
                int round = i;
                Transaction.execute(records, commit -> {
                    commit.clear(one);
                    commit.change(one, "cleared", writing(round));
                });
                SortedMap<String, StoredRecord> left = records.list(one);
                long cleared = Objects.requireNonNull(left.get("cleared")).version();
                assertThat(left.values().stream()
                                .filter(record -> record.version() < cleared)
                                .count())
                        .as("records from before the partition was cleared")
                        .isZero();
            }
        } finally {
            end.set(true);
        }
        writer.join();
    }

    @Test
    @DisplayName(
            "INST-5: a step whose guard does not exist, never existed or was dropped does nothing, and does not decide")
    void guard() {
        AtomicInteger decisions = new AtomicInteger();
        assertThatThrownBy(() -> records.update(guard, one, "a", before -> {
                    decisions.incrementAndGet();
                    return new Decided<>(writing(1), "");
                }))
                .isInstanceOf(GuardMissingException.class);
        create(guard);
        others.update(guard, one, "a", before -> new Decided<>(writing(1), ""));
        Transaction.execute(records, commit -> {
            commit.drop(guard.partition());
            commit.drop(one);
        });
        assertThatThrownBy(() -> others.update(guard, one, "a", before -> {
                    decisions.incrementAndGet();
                    return new Decided<>(Change.KEEP, "");
                }))
                .isInstanceOf(GuardMissingException.class);
        assertThat(decisions).hasValue(0);
        assertThat(records.list(one)).isEmpty();
    }

    @Test
    @DisplayName(
            "INST-5: a guard that is dropped between a decision and its effect keeps the step from taking effect, or waits for it")
    void guardDroppedMeanwhile() {
        create(guard);
        AtomicReference<CompletableFuture<Void>> drop = new AtomicReference<>(CompletableFuture.completedFuture(null));
        AtomicBoolean droppedBefore = new AtomicBoolean();
        boolean tookEffect;
        try {
            records.update(guard, one, "a", before -> {
                CompletableFuture<Void> dropping =
                        started(() -> Transaction.execute(others, commit -> commit.drop(guard.partition())));
                drop.set(dropping);
                droppedBefore.set(endsSoon(dropping));
                return new Decided<>(writing(1), "");
            });
            tookEffect = true;
        } catch (GuardMissingException refused) {
            tookEffect = false;
        }
        Objects.requireNonNull(drop.get()).join();
        assertThat(tookEffect).isEqualTo(!droppedBefore.get());
        assertThat(records.read(one, "a") != null).isEqualTo(tookEffect);
    }

    /** A store that holds its guard while it decides lets the drop wait; another one does not. */
    private static boolean endsSoon(CompletableFuture<Void> work) {
        for (int i = 0; i < 2_000 && !work.isDone(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000);
        }
        return work.isDone();
    }

    @Test
    @DisplayName("INST-5: no step takes effect after its guard was removed, with 3 writers")
    void guardAgainstWriters() {
        for (int i = 0; i < Math.max(10, rounds() / 10); i++) {
            RecordName guardOfRound = Partition.guardOf(test + "/" + i);
            create(guardOfRound);
            AtomicBoolean removed = new AtomicBoolean();
            CompletableFuture<?>[] writers = IntStream.range(0, 3)
                    .mapToObj(thread -> started(() -> writeWhile(guardOfRound, "k" + thread, removed)))
                    .toArray(CompletableFuture[]::new);
            Transaction.execute(records, commit -> commit.drop(guardOfRound.partition()));
            removed.set(true);
            Map<String, Integer> left = values(one);
            CompletableFuture.allOf(writers).join();
            assertThat(values(one)).isEqualTo(left);
        }
    }

    @Test
    @DisplayName(
            "steps that threads make at the same time see their own record and their own guard each, or that it is missing")
    void stepsAtOnce() {
        int count = 12;
        for (int i = 0; i < count; i++) {
            put(records, "k" + i, i);
            if (hasGuard(i)) {
                create(Partition.guardOf(test + "/" + i));
            }
        }
        inThreads(IntStream.range(0, count)
                .mapToObj(i -> (Runnable) () -> {
                    for (int round = 0; round < rounds(); round++) {
                        assertThat(seen(i)).isEqualTo(hasGuard(i) ? i : -1);
                        assertThat(records.update(one, "missing", before -> new Decided<>(Change.KEEP, before == null))
                                        .decision())
                                .isTrue();
                    }
                })
                .toArray(Runnable[]::new));
    }

    private static boolean hasGuard(int number) {
        return number % 3 != 0;
    }

    /** What a step sees in the record with this number; -1 if the record's guard is missing. */
    private int seen(int number) {
        try {
            return records.update(
                            Partition.guardOf(test + "/" + number),
                            one,
                            "k" + number,
                            before -> new Decided<>(Change.KEEP, valueOf(before)))
                    .decision();
        } catch (GuardMissingException missing) {
            return -1;
        }
    }

    @Test
    @DisplayName(
            "INST-5: steps that write at the same time get their own version each, or are refused for their own guard, which was dropped meanwhile")
    void writesAtOnce() {
        assumeTrue(records.isShared(), "the store is one process's own");
        int writesOfRound = 10;
        inThreads(IntStream.range(0, 12)
                .mapToObj(i -> (Runnable) () -> {
                    for (int round = 0; round < Math.max(5, rounds() / 10); round++) {
                        RecordName guardOfRound = Partition.guardOf(test + "/" + i + "/" + round);
                        create(guardOfRound);
                        for (int write = 0; write < writesOfRound; write++) {
                            assertThat(versionWritten(guardOfRound, "k" + i, () -> {}))
                                    .isEqualTo(Objects.requireNonNull(records.read(one, "k" + i))
                                            .version());
                        }
                        if (hasGuard(i)) {
                            Runnable drop =
                                    () -> Transaction.execute(others, commit -> commit.drop(guardOfRound.partition()));
                            assertThatThrownBy(() -> versionWritten(guardOfRound, "k" + i, drop))
                                    .isInstanceOf(GuardMissingException.class);
                        }
                    }
                })
                .toArray(Runnable[]::new));
    }

    private long versionWritten(RecordName guardOfStep, String key, Runnable meanwhile) {
        return records.update(guardOfStep, one, key, before -> {
                    meanwhile.run();
                    return new Decided<>(writing(1), "");
                })
                .versionAfter();
    }

    private Map<String, Integer> values(Partition partition) {
        Map<String, Integer> values = new java.util.TreeMap<>();
        records.list(partition).forEach((key, record) -> values.put(key, valueOf(record)));
        return values;
    }

    private void writeWhile(RecordName guardOfRound, String key, AtomicBoolean removed) {
        try {
            while (true) {
                boolean after = removed.get();
                others.update(
                        guardOfRound,
                        one,
                        key,
                        before -> new Decided<>(writing(before == null ? 1 : valueOf(before) + 1), ""));
                assertThat(after).isFalse();
            }
        } catch (GuardMissingException expected) {
            return;
        }
    }

    @Test
    @DisplayName("commits that remove a guard and steps that name it do not wait for each other for ever")
    void lockOrder() {
        // Before the guard in the order of the names.
        Partition first = new Partition("!" + test, "kvStore");
        CompletableFuture<Void> commits = started(() -> {
            for (int i = 0; i < rounds(); i++) {
                create(guard);
                Transaction.execute(records, commit -> {
                    commit.clear(first);
                    commit.drop(guard.partition());
                });
            }
        });
        while (!commits.isDone()) {
            try {
                others.update(guard, first, "k", before -> new Decided<>(writing(1), ""));
            } catch (GuardMissingException later) {
                Thread.onSpinWait();
            }
        }
        commits.join();
        assertThat(records.list(first)).isEmpty();
    }

    @Test
    @DisplayName("a large commit beside steps is done wholly, and its records are all there")
    void largeCommit() {
        int size = 5_000;
        CompletableFuture<Void> commit = started(() -> Transaction.execute(records, changes -> {
            for (int i = 0; i < size; i++) {
                changes.change(new Partition(test + "/" + i % 100, "kvStore"), "k" + i, writing(i));
            }
        }));
        Set<Integer> seen = new HashSet<>();
        while (!commit.isDone()) {
            seen.add(others.list(new Partition(test + "/7", "kvStore")).size());
            put(others, "step", 1);
        }
        commit.join();
        seen.add(others.list(new Partition(test + "/7", "kvStore")).size());
        assertThat(seen).isSubsetOf(0, size / 100).contains(size / 100);
    }

    @Test
    @DisplayName("a change of a watched partition by another process is told before the next step decides")
    void watch() {
        assumeTrue(records.isShared(), "the store is one process's own");
        Partition watched = new Partition(test, "watched");
        AtomicInteger told = new AtomicInteger();
        records.watch(watched, told::incrementAndGet);
        records.update(one, "k", before -> new Decided<>(Change.KEEP, ""));
        int before = told.get();
        for (int i = 0; i < 10; i++) {
            int expected = before + i + 1;
            others.update(watched, "setting", stored -> new Decided<>(writing(1), ""));
            assertThat(records.update(one, "k", stored -> new Decided<>(Change.KEEP, told.get()))
                            .decision())
                    .isEqualTo(expected);
        }
        records.update(one, "k", stored -> new Decided<>(writing(1), ""));
        assertThat(told).hasValue(before + 10);
    }

    @Test
    @DisplayName("a step during which a watched partition changes decides again")
    void watchedMeanwhile() {
        assumeTrue(records.isShared(), "the store is one process's own");
        Partition watched = new Partition(test, "watched");
        records.watch(watched, () -> {});
        AtomicInteger decisions = new AtomicInteger();
        records.update(one, "k", before -> {
            if (decisions.incrementAndGet() == 1) {
                others.update(watched, "setting", stored -> new Decided<>(writing(1), ""));
            }
            return new Decided<>(writing(1), "");
        });
        assertThat(decisions).hasValue(2);
    }

    /** Makes a step, and before it takes effect for the first time, something that another process does. */
    private long putWhile(String key, int value, Runnable meanwhile, AtomicInteger decisions) {
        return records.update(one, key, before -> {
                    if (decisions.incrementAndGet() == 1) {
                        meanwhile.run();
                    }
                    return new Decided<>(writing(value), "");
                })
                .versionAfter();
    }

    @Test
    @DisplayName("a step during which another process creates, changes or removes its record decides again")
    void changedMeanwhile() {
        assumeTrue(records.isShared(), "the store is one process's own");
        AtomicInteger decisions = new AtomicInteger();
        putWhile("created", 1, () -> put(others, "created", 2), decisions);
        assertThat(decisions).hasValue(2);
        decisions.set(0);
        putWhile("created", 3, () -> put(others, "created", 4), decisions);
        assertThat(decisions).hasValue(2);
        decisions.set(0);
        putWhile("created", 5, () -> others.removeIf(one, "created", stored -> true), decisions);
        assertThat(decisions).hasValue(2);
    }

    @Test
    @DisplayName(
            "LIN-2: a step that began before another process created and removed its record gets the greater version")
    void createdAndRemovedMeanwhile() {
        assumeTrue(records.isShared(), "the store is one process's own");
        AtomicLong greatest = new AtomicLong();
        long version = putWhile(
                "k",
                1,
                () -> {
                    greatest.set(put(others, "k", 2));
                    others.removeIf(one, "k", stored -> true);
                },
                new AtomicInteger());
        assertThat(version).isGreaterThan(greatest.get());
    }
}
