package dev.stowage.data;

import dev.stowage.emulator.record.DurableStorage.Loader;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * The table of records. Content is JSON in a text, which SQLite's shell and its JSON functions read, or a blob if it is encrypted.
 */
final class RecordTable {

    private final DataFolder folder;
    private final @Nullable SecretsCipher cipher;
    private final PreparedStatement select;
    private final Save saveText;
    private final Save saveSealed;
    private final PreparedStatement remove;
    private final PreparedStatement removeSome;

    /** @param cipher encrypts the content of secrets; null to store it as it is */
    RecordTable(DataFolder folder, Database database, @Nullable SecretsCipher cipher) throws SQLException {
        this.folder = folder;
        this.cipher = cipher;
        select = database.prepare(
                "SELECT partition, key, version, expires_at, content, typeof(content) = 'blob' FROM record");
        // With the cast, SQLite stores the bytes that it gets as a text. A text would be converted to the same bytes
        // once more.
        saveText = Save.prepare(database, "CAST(? AS TEXT)");
        saveSealed = Save.prepare(database, "?");
        remove = database.prepare("DELETE FROM record WHERE partition = ? AND key = ?");
        removeSome = database.prepare(
                "DELETE FROM record WHERE rowid IN (SELECT rowid FROM record WHERE partition = ? LIMIT ?)");
    }

    /** Writes a record. An update comes first: most writes are of a record that exists, and it is cheaper than an upsert. */
    private record Save(PreparedStatement update, PreparedStatement insert) {

        static Save prepare(Database database, String content) throws SQLException {
            return new Save(
                    database.prepare("UPDATE record SET version = ?, expires_at = ?, content = " + content
                            + " WHERE partition = ? AND key = ?"),
                    database.prepare("INSERT INTO record (version, expires_at, content, partition, key) VALUES (?, ?, "
                            + content + ", ?, ?)"));
        }

        void execute(long partition, String key, StoredRecord record, byte[] content) throws SQLException {
            if (execute(update, partition, key, record, content) == 0) {
                execute(insert, partition, key, record, content);
            }
        }

        private static int execute(
                PreparedStatement statement, long partition, String key, StoredRecord record, byte[] content)
                throws SQLException {
            statement.setLong(1, record.version());
            if (record.expiresAt() == StoredRecord.NEVER) {
                statement.setNull(2, Types.INTEGER);
            } else {
                statement.setLong(2, record.expiresAt());
            }
            statement.setBytes(3, content);
            statement.setLong(4, partition);
            statement.setString(5, key);
            return statement.executeUpdate();
        }
    }

    /** Writes the records, and removes those that are null. */
    void save(Partition partition, long id, Map<String, @Nullable StoredRecord> records) throws SQLException {
        for (Map.Entry<String, @Nullable StoredRecord> entry : records.entrySet()) {
            StoredRecord record = entry.getValue();
            if (record == null) {
                remove.setLong(1, id);
                remove.setString(2, entry.getKey());
                remove.executeUpdate();
            } else {
                save(partition, id, entry.getKey(), record);
            }
        }
    }

    private void save(Partition partition, long id, String key, StoredRecord record) throws SQLException {
        byte[] json = record.content().encode();
        SecretsCipher secrets = cipherOf(partition);
        if (secrets == null) {
            saveText.execute(id, key, record, json);
        } else {
            saveSealed.execute(
                    id, key, record, secrets.seal(json, SecretsCipher.nameOf(partition, key, record.version())));
        }
    }

    private @Nullable SecretsCipher cipherOf(Partition partition) {
        return partition.store().equals(SecretsCipher.STORE) ? cipher : null;
    }

    /** Loads the records of all partitions that exist. */
    void load(PartitionTable partitions, Loader loader) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Partition partition = partitions.nameOf(rows.getLong(1));
                if (partition != null) {
                    load(partition, rows, loader);
                }
            }
        }
    }

    private void load(Partition partition, ResultSet row, Loader loader) throws SQLException {
        RecordName name = new RecordName(partition, row.getString(2));
        long version = row.getLong(3);
        long seconds = row.getLong(4);
        long expiresAt = row.wasNull() ? StoredRecord.NEVER : seconds;
        byte[] json = json(name, version, row.getBytes(5), row.getBoolean(6));
        loader.record(name, new StoredRecord(RecordContent.ofJson(json), version, expiresAt));
    }

    private byte[] json(RecordName name, long version, byte[] content, boolean sealed) {
        SecretsCipher secrets = cipherOf(name.partition());
        if (sealed != (secrets != null)) {
            throw damaged(name, sealed ? "is encrypted, but should not be" : "is not encrypted, but should be", null);
        }
        if (secrets == null) {
            return content;
        }
        try {
            return secrets.open(content, SecretsCipher.nameOf(name.partition(), name.key(), version));
        } catch (AEADBadTagException changed) {
            throw damaged(name, "can't be decrypted: its row was changed after it was written", changed);
        }
    }

    private RuntimeException damaged(RecordName name, String problem, @Nullable Throwable cause) {
        Partition partition = name.partition();
        return SqliteProblems.damaged(
                folder,
                "the record \"" + name.key() + "\" of the store " + partition.store() + " of " + partition.owner() + " "
                        + problem,
                cause);
    }

    /** Deletes records of a dropped partition; returns whether these were the last ones. */
    boolean removeSome(long partitionId, int atMost) throws SQLException {
        removeSome.setLong(1, partitionId);
        removeSome.setInt(2, atMost);
        return removeSome.executeUpdate() < atMost;
    }
}
