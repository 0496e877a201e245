package dev.stowage.postgresql;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Commit} in one transaction: locks, compares, changes. The locks are those of {@code stowage_change}, in the same order. A
 * large commit locks the whole store, as the server's table of locks is small.
 */
final class CommitTransaction {

    private static final int MOST_PARTITIONS = 50;
    private static final int MOST_RECORDS = 200;

    private static final String SHARE = "SELECT pg_advisory_xact_lock_shared(";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(";
    private static final String OF_STORE = "stowage_lock_of_store())";
    private static final String OF_PARTITION = "stowage_lock_of(?, ?))";
    private static final String OF_RECORD = "stowage_lock_of(?, ?, ?))";

    private final Connection connection;
    private final Commit commit;
    private final @Nullable Partition watched;

    CommitTransaction(Connection connection, Commit commit, @Nullable Partition watched) {
        this.connection = connection;
        this.commit = commit;
        this.watched = watched;
    }

    /** Returns false, and has changed nothing, if a record has another version than is expected. */
    boolean run() throws SQLException {
        lock();
        if (!isAsExpected()) {
            return false;
        }
        for (Partition partition : commit.clears()) {
            deleteAll(partition);
        }
        for (Partition partition : commit.drops()) {
            deleteAll(partition);
        }
        change();
        return true;
    }

    private void lock() throws SQLException {
        Set<RecordName> records = new HashSet<>(commit.expected().keySet());
        records.addAll(commit.changes().keySet());
        Set<Partition> whole = new HashSet<>(commit.drops());
        whole.addAll(commit.clears());
        Set<Partition> touched = new HashSet<>(whole);
        records.forEach(name -> touched.add(name.partition()));
        if (watched != null && touched.contains(watched)) {
            whole.add(watched);
        }
        if (touched.size() > MOST_PARTITIONS || records.size() > MOST_RECORDS) {
            execute(LOCK + OF_STORE);
            return;
        }
        execute(SHARE + OF_STORE);
        for (Partition partition : LockOrder.of(touched, watched)) {
            execute((whole.contains(partition) ? LOCK : SHARE) + OF_PARTITION, partition);
        }
        for (RecordName name : records.stream().sorted(LockOrder.RECORDS).toList()) {
            try (PreparedStatement statement = connection.prepareStatement(LOCK + OF_RECORD)) {
                RecordRows.setName(statement, 1, name.partition(), name.key());
                statement.execute();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private void execute(String sql, Partition partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RecordRows.setPartition(statement, 1, partition);
            statement.execute();
        }
    }

    private boolean isAsExpected() throws SQLException {
        List<RecordName> names = List.copyOf(commit.expected().keySet());
        Map<RecordName, Long> found = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT owner, store, key, version FROM stowage_record"
                        + " WHERE (owner, store, key) IN (SELECT * FROM unnest(?, ?, ?))")) {
            NameParameters.setNames(statement, 1, names, name -> name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Partition partition = new Partition(rows.getString(1), rows.getString(2));
                    found.put(new RecordName(partition, RecordRows.key(rows.getBytes(3))), rows.getLong(4));
                }
            }
        }
        return commit.expected().entrySet().stream()
                .allMatch(expected -> found.getOrDefault(expected.getKey(), 0L).equals(expected.getValue()));
    }

    private void deleteAll(Partition partition) throws SQLException {
        execute("DELETE FROM stowage_record WHERE owner = ? AND store = ?", partition);
    }

    private void change() throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(
                        "DELETE FROM stowage_record WHERE owner = ? AND store = ? AND key = ?");
                PreparedStatement write = connection.prepareStatement(
                        "INSERT INTO stowage_record (owner, store, key, version, expires_at, content)"
                                + " VALUES (?, ?, ?, nextval('stowage_version'), ?, ?)"
                                + " ON CONFLICT (owner, store, key) DO UPDATE SET version = excluded.version,"
                                + " expires_at = excluded.expires_at, content = excluded.content")) {
            for (Map.Entry<RecordName, Change> changed : commit.changes().entrySet()) {
                Partition partition = changed.getKey().partition();
                String key = changed.getKey().key();
                if (changed.getValue() instanceof Change.Remove) {
                    RecordRows.setName(remove, 1, partition, key);
                    remove.addBatch();
                } else if (changed.getValue() instanceof Change.Write content) {
                    int next = RecordRows.setName(write, 1, partition, key);
                    RecordRows.setExpiry(write, next, content.expiresAt());
                    write.setString(next + 1, RecordRows.text(content.content()));
                    write.addBatch();
                }
            }
            remove.executeBatch();
            write.executeBatch();
        }
    }
}
