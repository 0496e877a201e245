package dev.stowage.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.stowage.emulator.record.OutcomeUnknownException;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The connections to the database, and what its failures mean. Waits are bounded: a call fails after {@link #LONGEST_WAIT} at most. What
 * certainly did not happen is {@code unavailable}; a change that may have happened is an {@link OutcomeUnknownException}.
 */
final class Database implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration STATEMENT = Duration.ofSeconds(5);
    /** Longer than a statement may take, so that the server's refusal arrives. */
    private static final Duration SOCKET = Duration.ofSeconds(6);
    /** How long a call is tried again before its last try. */
    private static final Duration RETRIES = Duration.ofSeconds(5);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static final Duration LONGEST_WAIT = RETRIES.plus(CONNECT).plus(SOCKET);

    private static final int CONNECTIONS = 16;

    /** Every statement finds its records by their index. What the planner knows of their number must not change that, nor take its time. */
    private static final String OPTIONS = "-c statement_timeout=" + STATEMENT.toMillis()
            + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

    private final ConnectionSettings settings;
    private final HikariDataSource pool;

    private Database(ConnectionSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<R> {
        R on(Connection connection) throws SQLException;
    }

    /** @throws StorageException {@code unavailable} or {@code invalid_request}; see {@link PostgresqlStoreProvider#open} */
    static Database open(ConnectionSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("stowage-postgresql");
        config.setJdbcUrl(settings.jdbcUrl());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.toMillis() / 2);
        config.setInitializationFailTimeout(CONNECT.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("ApplicationName", "stowage");
        config.addDataSourceProperty("targetServerType", "primary");
        // Texts, as the driver does not see other values.
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(SOCKET.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", OPTIONS);
        settings.properties()
                .stringPropertyNames()
                .forEach(name ->
                        config.addDataSourceProperty(name, settings.properties().getProperty(name)));
        try {
            Database database = new Database(settings, new HikariDataSource(config));
            database.prepare();
            return database;
        } catch (HikariPool.PoolInitializationException problem) {
            throw SqlProblems.atStart(settings, problem);
        }
    }

    private void prepare() {
        try (Connection connection = pool.getConnection()) {
            Schema.prepare(settings, connection);
        } catch (SQLException problem) {
            pool.close();
            throw SqlProblems.atStart(settings, problem);
        } catch (RuntimeException | Error problem) {
            pool.close();
            throw problem;
        }
    }

    /**
     * Reads. A read that fails is repeated while there is time.
     *
     * @throws StorageException {@code unavailable}
     */
    <R> R read(Work<R> work) {
        return repeated(connection -> {
            try {
                return work.on(connection);
            } catch (SQLException problem) {
                if (SqlProblems.mayPass(problem)) {
                    throw new NotDone(problem);
                }
                throw problem;
            }
        });
    }

    /**
     * Makes a change in one statement or transaction. A change that certainly was not made is repeated while there is time.
     *
     * @throws StorageException {@code unavailable}; the change was not made
     * @throws OutcomeUnknownException if it may have been made
     */
    <R> R change(Work<R> work) {
        return repeated(connection -> {
            try {
                return work.on(connection);
            } catch (SQLException problem) {
                if (SqlProblems.rolledBackToTryAgain(problem)) {
                    throw new NotDone(problem);
                }
                if (!SqlProblems.wasRolledBack(problem)) {
                    throw new OutcomeUnknownException(problem);
                }
                throw problem;
            }
        });
    }

    /** Makes a change in a transaction of several statements. Until the commit, nothing can have happened. */
    <R> R transaction(Work<R> work) {
        return repeated(connection -> {
            R result;
            try {
                connection.setAutoCommit(false);
                result = work.on(connection);
            } catch (SQLException problem) {
                throw SqlProblems.mayPass(problem) ? new NotDone(problem) : problem;
            }
            try {
                connection.commit();
            } catch (SQLException problem) {
                if (!SqlProblems.wasRolledBack(problem)) {
                    throw new OutcomeUnknownException(problem);
                }
                throw SqlProblems.mayPass(problem) ? new NotDone(problem) : problem;
            }
            connection.setAutoCommit(true);
            return result;
        });
    }

    /** Nothing was done; it can be tried again. */
    private static final class NotDone extends SQLException {
        private static final long serialVersionUID = 1L;

        NotDone(SQLException cause) {
            super(cause);
        }
    }

    private <R> R repeated(Work<R> work) {
        long start = System.nanoTime();
        long pause = 0;
        while (true) {
            try (Connection connection = connect()) {
                return work.on(connection);
            } catch (NotDone problem) {
                if (System.nanoTime() - start > RETRIES.toNanos()
                        || Thread.currentThread().isInterrupted()) {
                    throw unavailable(problem);
                }
                // A conflict is tried again at once, and what does not pass ever more seldom.
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause + FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            } catch (SQLException problem) {
                throw unavailable(problem);
            }
        }
    }

    private Connection connect() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException problem) {
            throw new NotDone(problem);
        }
    }

    private StorageException unavailable(SQLException problem) {
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                "The store " + settings + " can't be used: " + SqlProblems.reason(problem)
                        + ". Nothing was done. Try again.",
                problem);
    }

    @Override
    public void close() {
        pool.close();
    }
}
