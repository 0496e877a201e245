package dev.stowage.postgresql;

import static dev.stowage.postgresql.RecordRows.COLUMNS;

import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.SharedRecordStore;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in a PostgreSQL database. Steps that come at the same time look in one statement ({@link StepLooks}), and write in one
 * ({@link StepWrites}).
 */
final class PostgresqlRecordStore extends SharedRecordStore {

    private static final String READ =
            "SELECT " + COLUMNS + " FROM stowage_record WHERE owner = ? AND store = ? AND key = ?";

    private static final String LIST = "SELECT owner, store, key, " + COLUMNS + " FROM stowage_record"
            + " WHERE (owner, store) IN (SELECT * FROM unnest(?, ?))";

    private static final Sharing SHARING = new Sharing(64, 64, 4L * 1024 * 1024);

    private final Database database;

    PostgresqlRecordStore(Database database) {
        super(SHARING);
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
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                NameParameters.setPartitions(statement, 1, wanted);
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
        return database.read(connection -> StepLooks.see(connection, watched, views));
    }

    @Override
    protected List<Written> write(@Nullable Partition watched, List<Step> steps) {
        return database.change(connection -> StepWrites.write(connection, watched, steps));
    }

    @Override
    public void close() {
        super.close();
        database.close();
    }
}
