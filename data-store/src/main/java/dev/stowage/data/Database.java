package dev.stowage.data;

import dev.stowage.emulator.record.Durability;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** The connection to the database file. Everything happens in transactions, and each statement that is used often is prepared once. */
final class Database implements AutoCloseable {

    /** How long another program, for example SQLite's shell, may hold the database. */
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    /** How long the log becomes before SQLite moves its pages into the file: seldom, as the disk is waited for then. */
    private static final int LOG_PAGES = 32_000;

    /** The log is shortened to this after a large transaction. It is longer than {@link #LOG_PAGES}: room on the disk is taken once. */
    private static final int LONGEST_IDLE_LOG_BYTES = 160 * 1024 * 1024;

    /** Enough for a hundred thousand records of 1 KB. A page that has to be read again costs as much as the change in it. */
    private static final int CACHE_KIB = 160 * 1024;

    private final DataFolder folder;
    private final Connection connection;

    private Database(DataFolder folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** @throws StorageException if the database can't be used; see {@link SqliteProblems} */
    static Database open(DataFolder folder, Durability durability, Schema schema) {
        try {
            // A URI, as the driver takes what follows a question mark in a plain path for options.
            Connection connection =
                    JDBC.createConnection(JDBC.PREFIX + folder.database().toUri(), new Properties());
            Database database = new Database(folder, connection);
            try {
                database.configure(durability, schema);
                return database;
            } catch (SQLException | RuntimeException problem) {
                connection.close();
                throw problem;
            }
        } catch (SQLException problem) {
            throw SqliteProblems.translate(folder, problem);
        }
    }

    private void configure(Durability durability, Schema schema) throws SQLException {
        pragma("busy_timeout = " + BUSY_TIMEOUT_MILLIS);
        pragma("secure_delete = ON");
        pragma("temp_store = MEMORY");
        connection.setAutoCommit(false);
        // Before the change to a log: from its first byte on, the file says what it is.
        transaction(() -> schema.apply(folder.database(), connection));
        connection.setAutoCommit(true);
        if (!pragma("journal_mode = WAL").equals("wal")) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "SQLite can't keep a write-ahead log in " + folder
                            + ". A network drive is a usual reason. Choose a directory on a local disk.");
        }
        pragma("synchronous = " + (durability == Durability.DISK ? "FULL" : "NORMAL"));
        // macOS alone distinguishes what the disk has received from what it has stored.
        pragma("fullfsync = " + (durability == Durability.DISK ? "ON" : "OFF"));
        pragma("cache_size = -" + CACHE_KIB);
        pragma("wal_autocheckpoint = " + LOG_PAGES);
        pragma("journal_size_limit = " + LONGEST_IDLE_LOG_BYTES);
        connection.setAutoCommit(false);
    }

    /** Returns the value that the pragma has or returns; empty if it returns nothing. */
    private String pragma(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute("PRAGMA " + text)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** What a transaction does. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Carries out the work wholly or not at all. */
    void transaction(Work work) throws SQLException {
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error problem) {
            rollBack(problem);
            throw problem;
        }
    }

    private void rollBack(Throwable problem) {
        try {
            connection.rollback();
        } catch (SQLException rolledBackBySqlite) {
            // SQLite does it itself after some errors, for example when the disk is full, and then there is no
            // transaction.
            problem.addSuppressed(rolledBackBySqlite);
        }
    }

    /** For tests: after this, the database can't have more pages, as if the disk were full. */
    void limitPages(int pages) throws SQLException {
        pragma("max_page_count = " + pages);
    }

    /** Writes the log into the database file, so that later no old content is left in it. */
    void checkpoint() throws SQLException {
        connection.setAutoCommit(true);
        pragma("wal_checkpoint(TRUNCATE)");
        connection.setAutoCommit(false);
    }

    @Override
    public void close() {
        try {
            checkpoint();
        } catch (SQLException problem) {
            // What was committed is in the log, from which the next start reads it.
        } finally {
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw SqliteProblems.translate(folder, problem);
        }
    }
}
