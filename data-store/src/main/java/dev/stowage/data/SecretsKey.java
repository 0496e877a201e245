package dev.stowage.data;

import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.Partition;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** Decides whether a key fits a database. An encrypted database contains a known text that is sealed with its key. */
final class SecretsKey {

    private static final String CHECK = "secrets_key_check";
    private static final byte[] CHECK_NAME = CHECK.getBytes(StandardCharsets.UTF_8);
    private static final byte[] KNOWN_TEXT = "stowage".getBytes(StandardCharsets.UTF_8);

    private final DataFolder folder;
    private final Database database;

    SecretsKey(DataFolder folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /**
     * Returns the cipher for the secrets; null if they are not encrypted. Encrypts existing secrets if the database was not encrypted
     * so far.
     *
     * @throws StorageException {@code invalid_request} if the key is another one, or is missing
     */
    @Nullable
    SecretsCipher unlock(Optional<DataKey> key) throws SQLException {
        byte[] check = readCheck();
        if (key.isEmpty()) {
            if (check != null) {
                throw refused("are encrypted, and no key was given. Set STOWAGE_DATA_KEY to the key");
            }
            return null;
        }
        SecretsCipher cipher = new SecretsCipher(key.get());
        if (check == null) {
            encryptAll(cipher);
            return cipher;
        }
        try {
            cipher.open(check, CHECK_NAME);
            return cipher;
        } catch (AEADBadTagException otherKey) {
            throw refused(
                    "are encrypted with another key than the one that was given. Give the key with which they were written");
        }
    }

    private StorageException refused(String problem) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The secrets in " + folder + " " + problem + ". Without it they can't be read. Nothing was changed.");
    }

    private byte @Nullable [] readCheck() throws SQLException {
        byte[][] check = new byte[1][];
        database.transaction(() -> {
            try (PreparedStatement select = database.prepare("SELECT value FROM meta WHERE name = ?")) {
                select.setString(1, CHECK);
                try (ResultSet row = select.executeQuery()) {
                    check[0] = row.next() ? row.getBytes(1) : null;
                }
            }
        });
        return check[0];
    }

    private void encryptAll(SecretsCipher cipher) throws SQLException {
        database.transaction(() -> {
            try (PreparedStatement select = database.prepare(
                            "SELECT owner, key, version, CAST(content AS BLOB) FROM record JOIN partition ON id = partition"
                                    + " WHERE record.rowid = ?");
                    PreparedStatement update = database.prepare("UPDATE record SET content = ? WHERE rowid = ?")) {
                for (long row : secretRows()) {
                    update.setBytes(1, seal(cipher, select, row));
                    update.setLong(2, row);
                    update.executeUpdate();
                }
            }
            try (PreparedStatement insert = database.prepare("INSERT INTO meta (name, value) VALUES (?, ?)")) {
                insert.setString(1, CHECK);
                insert.setBytes(2, cipher.seal(KNOWN_TEXT, CHECK_NAME));
                insert.executeUpdate();
            }
        });
        // secure_delete has overwritten the plain texts in the file; the log may still contain them.
        database.checkpoint();
    }

    private static byte[] seal(SecretsCipher cipher, PreparedStatement select, long row) throws SQLException {
        select.setLong(1, row);
        try (ResultSet record = select.executeQuery()) {
            record.next();
            Partition partition = new Partition(record.getString(1), SecretsCipher.STORE);
            byte[] name = SecretsCipher.nameOf(partition, record.getString(2), record.getLong(3));
            return cipher.seal(record.getBytes(4), name);
        }
    }

    /** Including those of dropped partitions that are not deleted yet. */
    private List<Long> secretRows() throws SQLException {
        List<Long> rows = new ArrayList<>();
        try (PreparedStatement select =
                database.prepare("SELECT record.rowid FROM record JOIN partition ON id = partition WHERE store = ?")) {
            select.setString(1, SecretsCipher.STORE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getLong(1));
                }
            }
        }
        return rows;
    }
}
