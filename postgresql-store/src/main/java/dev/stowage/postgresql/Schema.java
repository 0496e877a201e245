package dev.stowage.postgresql;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The tables and functions in the database. Their format has a number, which is in the table {@code stowage_format}. */
final class Schema {

    private static final int FORMAT = 1;

    private Schema() {}

    /**
     * Checks the server's settings and the format, and creates what does not exist.
     *
     * @throws StorageException {@code invalid_request} if a setting or the format does not allow to use the database
     */
    static void prepare(ConnectionSettings settings, Connection connection) throws SQLException {
        if (show(connection, "synchronous_commit").equals("off")) {
            throw refused(
                    settings,
                    "synchronous_commit is off, so a crash of the server would lose acknowledged writes. Set it to on, for"
                            + " the user or the database: ALTER DATABASE ... SET synchronous_commit = on");
        }
        if (!show(connection, "server_encoding").equals("UTF8")) {
            throw refused(settings, "its encoding is " + show(connection, "server_encoding") + "; it must be UTF8");
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Two servers may start at once.
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('stowage', 0))");
            if (exists(statement)) {
                checkFormat(settings, statement);
            } else {
                statement.execute(text("schema-1.sql"));
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('stowage_format') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void checkFormat(ConnectionSettings settings, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT format FROM stowage_format")) {
            int found = row.next() ? row.getInt(1) : 0;
            if (found != FORMAT) {
                throw refused(
                        settings,
                        "it has format " + found + ", which " + (found > FORMAT ? "a newer" : "no")
                                + " version of Stowage has written; this version knows format " + FORMAT
                                + ". It was left as it is");
            }
        }
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static StorageException refused(ConnectionSettings settings, String why) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST, "The store " + settings + " can't be used: " + why + ".");
    }
}
