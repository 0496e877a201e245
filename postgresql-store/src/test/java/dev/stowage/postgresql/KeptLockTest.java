package dev.stowage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStore.Updated;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.record.Transaction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that was paused in the middle of a transaction keeps its locks. */
@Timeout(60)
class KeptLockTest {

    private static final Partition PARTITION = new Partition("owner", "kvStore");
    private static final RecordName KEPT = Partition.guardOf("kept");
    private static final RecordName FREE = Partition.guardOf("free");

    private final String url = Postgres.newDatabase();

    private static CompletableFuture<Updated<String>> put(RecordStore records, RecordName guard, String key) {
        return records.updateLater(
                guard,
                PARTITION,
                key,
                before -> new Decided<>(new Change.Write(RecordContent.empty(), StoredRecord.NEVER), key));
    }

    private Connection keepLock() throws SQLException {
        Connection keeper =
                DriverManager.getConnection("jdbc:" + url.replace("postgres:postgres@", ""), "postgres", "postgres");
        keeper.setAutoCommit(false);
        try (Statement statement = keeper.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(stowage_lock_of('"
                    + KEPT.partition().owner() + "', '" + KEPT.partition().store() + "'))");
        }
        return keeper;
    }

    @Test
    @DisplayName("it holds up the steps that need a lock, and none of those that are written together with them")
    void keptLock() throws SQLException {
        try (RecordStore records = RecordStoreProvider.openWithProvider(url)) {
            for (RecordName guard : List.of(KEPT, FREE)) {
                Transaction.execute(
                        records, commit -> commit.write(guard.partition(), guard.key(), RecordContent.empty()));
            }
            List<CompletableFuture<Updated<String>>> waiting = new ArrayList<>();
            try (Connection keeper = keepLock()) {
                List<CompletableFuture<Updated<String>>> others = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    (i % 8 == 3 ? waiting : others).add(put(records, i % 8 == 3 ? KEPT : FREE, "k" + i));
                }
                others.forEach(CompletableFuture::join);
                assertThat(waiting).noneMatch(CompletableFuture::isDone);
                keeper.rollback();
            }
            waiting.forEach(CompletableFuture::join);
            assertThat(records.list(PARTITION)).hasSize(40);
        }
    }
}
