package dev.stowage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.store.process.PostgresProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens while the database is away, and that everything goes on when it is back. */
@Timeout(120)
class AwayTest {

    private static final Partition PARTITION = new Partition("install/1", "kvStore");

    @TempDir
    private Path folder;

    private PostgresProcess database;
    private RecordStore records;

    @BeforeEach
    void start() {
        database = PostgresProcess.start(folder.resolve("data"));
        records = RecordStoreProvider.openWithProvider(database.url());
    }

    @AfterEach
    void stop() {
        records.close();
        database.kill();
    }

    private long put(String key, int value) {
        Change change = new Change.Write(RecordContent.of(Hash.of("value", value)), StoredRecord.NEVER);
        return records.update(PARTITION, key, before -> new Decided<>(change, key))
                .versionAfter();
    }

    private void untilItIsBack() {
        while (true) {
            try {
                records.read(PARTITION, "a");
                return;
            } catch (StorageException notYet) {
                assertThat(notYet.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
    }

    @Test
    @DisplayName("a killed database is unavailable within the longest wait, and used again when it is back")
    void killed() {
        put("a", 1);
        database.kill();
        long start = System.nanoTime();
        assertThatThrownBy(() -> records.read(PARTITION, "a"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Database.LONGEST_WAIT);
        database.killAndRestart();
        untilItIsBack();
        assertThat(put("a", 2)).isPositive();
    }

    @Test
    @DisplayName(
            "a database that hangs lets no call wait longer than that, and a write that it may have made is not called unavailable")
    void hangs() {
        put("a", 1);
        AtomicBoolean paused = new AtomicBoolean();
        Change change = new Change.Write(RecordContent.of(Hash.of("value", 2)), StoredRecord.NEVER);
        long start = System.nanoTime();
        try {
            assertThatThrownBy(() -> records.update(PARTITION, "a", before -> {
                        // The write comes to a connection that was in use just before.
                        if (paused.compareAndSet(false, true)) {
                            database.pause();
                        }
                        return new Decided<>(change, "");
                    }))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Database.LONGEST_WAIT);
        } finally {
            database.resume();
        }
        untilItIsBack();
        assertThat(put("a", 3)).isPositive();
    }

    @Test
    @DisplayName(
            "DUR-1: a database that is killed while 4 threads write keeps what was acknowledged, and no version twice")
    void killedUnderLoad() {
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger[] acknowledged = new AtomicInteger[4];
        CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
        for (int i = 0; i < 4; i++) {
            String key = "k" + i;
            AtomicInteger last = acknowledged[i] = new AtomicInteger();
            writers[i] =
                    CompletableFuture.runAsync(() -> write(key, last, end), command -> new Thread(command).start());
        }
        for (int kill = 0; kill < 3; kill++) {
            int from = acknowledged[0].get();
            while (acknowledged[0].get() < from + 50) {
                Thread.onSpinWait();
            }
            database.killAndRestart();
        }
        int from = acknowledged[0].get();
        while (acknowledged[0].get() < from + 10) {
            Thread.onSpinWait();
        }
        end.set(true);
        CompletableFuture.allOf(writers).join();
        for (int i = 0; i < 4; i++) {
            StoredRecord left = records.read(PARTITION, "k" + i);
            assertThat(left.content().hash().getLong("value")).isEqualTo(acknowledged[i].get());
        }
    }

    /** Writes rising values, and checks that each acknowledged one is there, with a greater version. */
    private void write(String key, AtomicInteger last, AtomicBoolean end) {
        int value = 0;
        long version = 0;
        while (!end.get()) {
            int next = ++value;
            try {
                long written = records.update(PARTITION, key, before -> {
                            long found =
                                    before == null ? 0 : before.content().hash().getLong("value");
                            // What was acknowledged, or more than that, as an unknown outcome may have happened.
                            assertThat(found).isGreaterThanOrEqualTo(last.get());
                            return new Decided<>(
                                    new Change.Write(RecordContent.of(Hash.of("value", next)), StoredRecord.NEVER), "");
                        })
                        .versionAfter();
                assertThat(written).isGreaterThan(version);
                version = written;
                last.set(next);
            } catch (StorageException | OutcomeUnknownException away) {
                // Tried again with the next value.
            }
        }
    }
}
