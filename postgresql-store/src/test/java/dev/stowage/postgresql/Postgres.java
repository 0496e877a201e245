package dev.stowage.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server for all tests of this JVM, on a free port of the loopback address. It ends with the JVM. */
final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Creates an empty database and returns its URL. */
    static String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    static String url(String database) {
        return "postgresql://postgres:postgres@127.0.0.1:" + Holder.SERVER.getPort() + "/" + database;
    }

    /** Executes SQL in the database at a URL. */
    static void executeIn(String url, String sql) throws SQLException {
        String name = url.substring(url.lastIndexOf('/') + 1);
        try (Connection connection = Holder.SERVER.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Executes SQL as the administrator. */
    static void execute(String sql) {
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
