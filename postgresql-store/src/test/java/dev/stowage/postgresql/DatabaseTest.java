package dev.stowage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which failures are tried again, and how records are found. */
@Timeout(60)
class DatabaseTest {

    private final Database database = Database.open(ConnectionSettings.parse(Postgres.newDatabase(), Map.of()));
    private final AtomicInteger tries = new AtomicInteger();

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private boolean fail(Connection connection, String sqlState) throws SQLException {
        tries.incrementAndGet();
        return execute(connection, "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + sqlState + "'; END $$");
    }

    @Test
    @DisplayName("what can't pass is refused at once: nothing was done")
    void permanent() {
        for (String state : new String[] {"42P01", "23505", "22001"}) {
            for (boolean inTransaction : new boolean[] {true, false}) {
                tries.set(0);
                assertThatThrownBy(() -> {
                            if (inTransaction) {
                                database.transaction(connection -> fail(connection, state));
                            } else {
                                database.change(connection -> fail(connection, state));
                            }
                        })
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
                assertThat(tries).as(state).hasValue(1);
            }
        }
        database.close();
    }

    @Test
    @DisplayName("a conflict with another transaction is tried again")
    void conflict() {
        boolean done = database.transaction(
                connection -> tries.get() < 3 ? fail(connection, "40001") : execute(connection, "SELECT 1"));
        assertThat(done).isTrue();
        assertThat(tries).hasValue(3);
        database.close();
    }

    @Test
    @DisplayName("records are found by their index, also when the planner knows of one large store alone")
    void plan() {
        String plan = database.read(connection -> {
            execute(
                    connection,
                    "INSERT INTO stowage_record SELECT 'install/1', 'kvStore', convert_to('k' || i, 'UTF8'), i, NULL, '{}'"
                            + " FROM generate_series(1, 20000) AS i");
            execute(connection, "ANALYZE stowage_record");
            execute(
                    connection,
                    "PREPARE last_version(text, text) AS SELECT max(version) FROM stowage_record WHERE owner = $1 AND store = $2");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE last_version('emulator', 'clocks')")) {
                StringBuilder lines = new StringBuilder();
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
                return lines.toString();
            }
        });
        assertThat(plan).contains("stowage_record_pkey").doesNotContain("Seq Scan");
        database.close();
    }
}
