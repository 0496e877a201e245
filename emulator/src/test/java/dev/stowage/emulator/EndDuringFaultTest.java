package dev.stowage.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.service.ReinstallPolicy;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** INST-5: an install ends before or after what a fault does to its records, also where the records outlive it. */
@Timeout(30)
class EndDuringFaultTest {

    /** Starts an action when a record is about to be accessed, and waits until the action is over or blocked. */
    private static final class Interrupting implements RecordStore {

        private final RecordStore records = new InMemoryRecordStore();
        private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
        private volatile boolean withinStep = true;
        private volatile boolean ranBetween;
        private volatile @Nullable Thread action;

        private void access() {
            Runnable due = next.getAndSet(null);
            if (due == null) {
                return;
            }
            Thread thread = new Thread(due, "ends-install");
            action = thread;
            thread.start();
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            ranBetween = !thread.isAlive();
        }

        @Override
        public @Nullable StoredRecord read(Partition partition, String key) {
            return records.read(partition, key);
        }

        @Override
        public <D> Updated<D> update(
                RecordName guard,
                Partition partition,
                String key,
                Function<@Nullable StoredRecord, Decided<D>> decide) {
            if (!withinStep) {
                access();
            }
            return records.update(guard, partition, key, stored -> {
                if (withinStep) {
                    access();
                }
                return decide.apply(stored);
            });
        }

        @Override
        public <D> Updated<D> update(
                Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
            return records.update(partition, key, decide);
        }

        @Override
        public boolean commit(Commit commit) {
            return records.commit(commit);
        }

        @Override
        public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
            return records.list(partitions);
        }

        @Override
        public void close() {
            records.close();
        }
    }

    private static Emulator keeping(Interrupting records) {
        return Emulator.start(EmulatorConfig.inProcess().toBuilder()
                .reinstallPolicy(ReinstallPolicy.KEEP)
                .backend(() -> records)
                .build());
    }

    static Stream<Fault> faultsThatWrite() {
        return Stream.of(new Fault.Race(Fault.Race.Write.put(Hash.of("their", 1))), new Fault.Expire());
    }

    @ParameterizedTest
    @MethodSource("faultsThatWrite")
    @DisplayName(
            "a write by a fault is not made between the end of an install and its successor, under the policy keep")
    void uninstall(Fault fault) throws InterruptedException {
        Interrupting records = new Interrupting();
        try (Emulator emulator = keeping(records)) {
            Install install = emulator.app("ends").install();
            KeyValueStore store = install.storage().kvStore();
            store.put("k", Hash.of("mine", 1), Duration.ofMinutes(5));
            emulator.app("ends").faults().arm(CallMatch.any(), fault);
            records.next.set(install::uninstall);

            assertThatCode(() -> store.patch("k", Hash.of("mine", 2)))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            refused -> assertThat(((StorageException) refused).code())
                                    .isEqualTo(ErrorCode.INSTALL_REVOKED));
            Thread ends = records.action;
            assertThat(ends).isNotNull();
            ends.join();
            assertThat(records.ranBetween)
                    .as("the install ended between the decision and the write")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("faultsThatWrite")
    @DisplayName(
            "a write by a fault that comes after the end of an install is refused and changes nothing that is kept")
    void uninstalledBefore(Fault fault) throws InterruptedException {
        Interrupting records = new Interrupting();
        records.withinStep = false;
        try (Emulator emulator = keeping(records)) {
            Install install = emulator.app("ends").install();
            KeyValueStore store = install.storage().kvStore();
            store.put("k", Hash.of("mine", 1), Duration.ofMinutes(5));
            emulator.app("ends").faults().arm(CallMatch.any(), fault);
            records.next.set(install::uninstall);

            assertThatThrownBy(() -> store.patch("k", Hash.of("mine", 2)))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INSTALL_REVOKED));
            assertThat(records.ranBetween).isTrue();
            assertThat(install.reinstall().storage().kvStore().get("k")).isEqualTo(Hash.of("mine", 1));
        }
    }

    @ParameterizedTest
    @MethodSource("faultsThatWrite")
    @DisplayName("a reset while a fault writes is a refusal of the operation, and no bug")
    void reset(Fault fault) throws InterruptedException {
        Interrupting records = new Interrupting();
        try (Emulator emulator = Emulator.start(
                EmulatorConfig.inProcess().toBuilder().backend(() -> records).build())) {
            Install install = emulator.app("ends").install();
            KeyValueStore store = install.storage().kvStore();
            store.put("k", Hash.of("mine", 1), Duration.ofMinutes(5));
            emulator.app("ends").faults().arm(CallMatch.any(), fault);
            records.next.set(emulator.app("ends")::reset);

            assertThatCode(() -> store.patch("k", Hash.of("mine", 2)))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            refused -> assertThat(((StorageException) refused).code())
                                    .isIn(ErrorCode.UNAUTHENTICATED, ErrorCode.INSTALL_REVOKED));
            Thread ends = records.action;
            assertThat(ends).isNotNull();
            ends.join();
        }
    }
}
