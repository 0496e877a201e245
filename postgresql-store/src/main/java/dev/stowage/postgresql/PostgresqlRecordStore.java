package dev.stowage.postgresql;

import static dev.stowage.postgresql.RecordRows.COLUMNS;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.GuardMissingException;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in a PostgreSQL database. A step reads in one statement, and writes with one call of {@code stowage_change}, which
 * compares and changes.
 */
final class PostgresqlRecordStore extends SharedRecordStore {

    private static final String READ =
            "SELECT " + COLUMNS + " FROM stowage_record WHERE owner = ? AND store = ? AND key = ?";

    /** A function would be planned anew with each call. */
    private static final String LAST_VERSION =
            "(SELECT coalesce(max(version), 0) FROM stowage_record WHERE owner = ? AND store = ?)";

    private static final String SEE = "SELECT " + LAST_VERSION + ","
            + " EXISTS (SELECT 1 FROM stowage_record WHERE owner = ? AND store = ? AND key = ?), " + COLUMNS
            + " FROM (SELECT 1) AS one LEFT JOIN stowage_record ON owner = ? AND store = ? AND key = ?";

    /** As {@link #SEE}, for any number of steps: one look-up in the index for each. */
    private static final String SEE_ALL = "SELECT " + LAST_VERSION + ","
            + " EXISTS (SELECT 1 FROM stowage_record WHERE owner = guard_owner AND store = guard_store AND key = guard_key), "
            + COLUMNS
            + " FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY"
            + " AS step (guard_owner, guard_store, guard_key, step_owner, step_store, step_key, number)"
            + " LEFT JOIN LATERAL (SELECT " + COLUMNS + " FROM stowage_record"
            + " WHERE owner = step_owner AND store = step_store AND key = step_key LIMIT 1) AS found ON true ORDER BY number";

    private static final String LIST = "SELECT owner, store, key, " + COLUMNS + " FROM stowage_record"
            + " WHERE (owner, store) IN (SELECT * FROM unnest(?, ?))";

    private static final String CHANGE = "SELECT stowage_change(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final long OTHER_VERSION = -1;
    private static final long NO_GUARD = -2;

    private static final int STEPS_AT_ONCE = 64;

    private final Database database;

    PostgresqlRecordStore(Database database) {
        super(STEPS_AT_ONCE);
        this.database = database;
    }

    @Override
    public @Nullable StoredRecord read(Partition partition, String key) {
        Optional<StoredRecord> found = database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                RecordRows.setName(statement, 1, partition, key);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(RecordRows.record(row, 1)) : Optional.empty();
                }
            }
        });
        return found.orElse(null);
    }

    @Override
    public boolean commit(Commit commit) {
        return database.transaction(connection -> new CommitTransaction(connection, commit, watched()).run());
    }

    @Override
    public Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions) {
        List<Partition> wanted = List.copyOf(partitions);
        return database.read(connection -> {
            Map<Partition, SortedMap<String, StoredRecord>> lists = new HashMap<>();
            wanted.forEach(partition -> lists.put(partition, new TreeMap<>()));
            Array owners = connection.createArrayOf(
                    "text", wanted.stream().map(Partition::owner).toArray());
            Array stores = connection.createArrayOf(
                    "text", wanted.stream().map(Partition::store).toArray());
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                statement.setArray(1, owners);
                statement.setArray(2, stores);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Partition partition = new Partition(rows.getString(1), rows.getString(2));
                        Objects.requireNonNull(lists.get(partition))
                                .put(RecordRows.key(rows.getBytes(3)), RecordRows.record(rows, 4));
                    }
                }
            }
            return lists;
        });
    }

    @Override
    public Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        return new PagedIterator(database, partition);
    }

    @Override
    protected List<Seen> see(@Nullable Partition watched, List<View> views) {
        return database.read(connection -> views.size() == 1
                ? List.of(see(connection, watched, views.get(0)))
                : seeAll(connection, watched, views));
    }

    private static Seen see(Connection connection, @Nullable Partition watched, View view) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEE)) {
            int next = setPartitionOrNull(statement, 1, watched);
            next = setNameOrNull(statement, next, view.guard());
            RecordRows.setName(
                    statement, next, view.record().partition(), view.record().key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return seen(row);
            }
        }
    }

    private static List<Seen> seeAll(Connection connection, @Nullable Partition watched, List<View> views)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEE_ALL)) {
            int next = setPartitionOrNull(statement, 1, watched);
            next = setNames(statement, next, views, View::guard);
            setNames(statement, next, views, View::record);
            try (ResultSet rows = statement.executeQuery()) {
                List<Seen> seen = new ArrayList<>(views.size());
                while (rows.next()) {
                    seen.add(seen(rows));
                }
                return seen;
            }
        }
    }

    private static Seen seen(ResultSet row) throws SQLException {
        row.getLong(3);
        boolean exists = !row.wasNull();
        return new Seen(row.getLong(1), row.getBoolean(2), exists ? RecordRows.record(row, 3) : null);
    }

    @Override
    protected OptionalLong write(
            @Nullable RecordName guard, RecordName record, @Nullable Partition watched, Seen seen, Change change) {
        long result = database.change(connection -> change(connection, guard, record, watched, seen, change));
        if (guard != null && result == NO_GUARD) {
            throw new GuardMissingException(guard);
        }
        return result == OTHER_VERSION ? OptionalLong.empty() : OptionalLong.of(result);
    }

    private static long change(
            Connection connection,
            @Nullable RecordName guard,
            RecordName record,
            @Nullable Partition watched,
            Seen seen,
            Change change)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            int next = setPartitionOrNull(statement, 1, watched);
            statement.setLong(next, seen.watchedVersion());
            next = setNameOrNull(statement, next + 1, guard);
            next = RecordRows.setName(statement, next, record.partition(), record.key());
            statement.setLong(next, seen.stored() == null ? 0 : seen.stored().version());
            if (change instanceof Change.Write write) {
                RecordRows.setExpiry(statement, next + 1, write.expiresAt());
                statement.setString(next + 2, RecordRows.text(write.content()));
            } else {
                statement.setNull(next + 1, Types.BIGINT);
                statement.setNull(next + 2, Types.VARCHAR);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static int setPartitionOrNull(PreparedStatement statement, int first, @Nullable Partition partition)
            throws SQLException {
        if (partition != null) {
            return RecordRows.setPartition(statement, first, partition);
        }
        statement.setNull(first, Types.VARCHAR);
        statement.setNull(first + 1, Types.VARCHAR);
        return first + 2;
    }

    private static int setNameOrNull(PreparedStatement statement, int first, @Nullable RecordName name)
            throws SQLException {
        if (name != null) {
            return RecordRows.setName(statement, first, name.partition(), name.key());
        }
        statement.setNull(first, Types.VARCHAR);
        statement.setNull(first + 1, Types.VARCHAR);
        statement.setNull(first + 2, Types.BINARY);
        return first + 3;
    }

    /** Sets three arrays, for parameters that are as those of {@link #setNameOrNull}. */
    private static int setNames(
            PreparedStatement statement, int first, List<View> views, Function<View, @Nullable RecordName> part)
            throws SQLException {
        String[] owners = new String[views.size()];
        String[] stores = new String[views.size()];
        byte[][] keys = new byte[views.size()][];
        for (int i = 0; i < views.size(); i++) {
            RecordName name = part.apply(views.get(i));
            if (name != null) {
                owners[i] = name.partition().owner();
                stores[i] = name.partition().store();
                keys[i] = RecordRows.bytes(name.key());
            }
        }
        Connection connection = statement.getConnection();
        statement.setArray(first, connection.createArrayOf("text", owners));
        statement.setArray(first + 1, connection.createArrayOf("text", stores));
        statement.setArray(first + 2, connection.createArrayOf("bytea", keys));
        return first + 3;
    }

    @Override
    public void close() {
        database.close();
    }
}
