package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the database. Their format has a number, which SQLite stores as {@code user_version}.
 *
 * @param migrations the SQL statements that lead from one format to the next; the first element leads from format 1 to 2
 */
record Schema(List<List<String>> migrations) {

    /** "STOW" in ASCII. Tells a database of this program from others: {@code file stowage.db} shows it. */
    static final int APPLICATION_ID = 0x53544F57;

    /** The format that this version reads and writes. */
    static final Schema CURRENT = new Schema(List.of());

    private static final List<String> FORMAT_1 = List.of(
            "PRAGMA application_id = " + APPLICATION_ID,
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
            // Dropped partitions stay until their records are deleted. last_version outlives the records: no version is
            // used twice.
            "CREATE TABLE partition (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, store TEXT NOT NULL,"
                    + " last_version INTEGER NOT NULL, dropped INTEGER NOT NULL DEFAULT 0)",
            "CREATE UNIQUE INDEX partition_name ON partition (owner, store) WHERE dropped = 0",
            // expires_at in seconds since the epoch, NULL for never. content: JSON as TEXT, or encrypted as a BLOB.
            "CREATE TABLE record (partition INTEGER NOT NULL REFERENCES partition (id), key TEXT NOT NULL,"
                    + " version INTEGER NOT NULL, expires_at INTEGER, content NOT NULL, PRIMARY KEY (partition, key))");

    int format() {
        return migrations.size() + 1;
    }

    /** @throws StorageException {@code invalid_request} if the format is newer than this one */
    void checkFormat(Path file, int found) {
        if (found > format()) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    file + " has format " + found
                            + ", which a newer version of Stowage has written; this version knows formats up to "
                            + format() + ". Use the newer version. The file was left as it is.");
        }
    }

    /**
     * Creates the tables, or changes older ones to this format. To be called in a transaction.
     *
     * @throws StorageException {@code invalid_request} if the format is newer than this one
     */
    void apply(Path file, Connection connection) throws SQLException {
        int found = formatOf(connection);
        checkFormat(file, found);
        if (found == format()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (found == 0) {
                execute(statement, FORMAT_1);
            }
            for (List<String> migration : migrations.subList(Math.max(found, 1) - 1, migrations.size())) {
                execute(statement, migration);
            }
            statement.execute("PRAGMA user_version = " + format());
        }
    }

    private static void execute(Statement statement, List<String> steps) throws SQLException {
        for (String step : steps) {
            statement.execute(step);
        }
    }

    private static int formatOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
