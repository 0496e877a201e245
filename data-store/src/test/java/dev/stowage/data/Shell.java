package dev.stowage.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Another program that opens the database, as a user does with SQLite's shell. */
final class Shell implements AutoCloseable {

    private final Connection connection;

    Shell(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("stowage.db"));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "no row";
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
