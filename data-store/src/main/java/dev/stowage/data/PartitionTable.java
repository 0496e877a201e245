package dev.stowage.data;

import dev.stowage.emulator.record.DurableStorage.Loader;
import dev.stowage.emulator.record.Partition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of partitions, with the last version that each has used (DUR-5). Its rows are also kept in memory: the ids of the partitions that exist, and those of the dropped ones
 * whose records are still to be deleted. Memory follows the table when a transaction was committed.
 */
final class PartitionTable {

    private final Map<Partition, Long> ids = new HashMap<>();
    private final Map<Long, Partition> names = new HashMap<>();
    private final Queue<Long> dropped = new ArrayDeque<>();
    private long greatestId;

    private final Map<Partition, Long> uncommittedIds = new HashMap<>();
    private final Set<Partition> uncommittedDrops = new HashSet<>();

    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement raiseVersion;
    private final PreparedStatement drop;
    private final PreparedStatement delete;

    PartitionTable(Database database) throws SQLException {
        select = database.prepare("SELECT id, owner, store, last_version, dropped FROM partition");
        insert = database.prepare("INSERT INTO partition (id, owner, store, last_version) VALUES (?, ?, ?, ?)");
        raiseVersion = database.prepare("UPDATE partition SET last_version = max(last_version, ?) WHERE id = ?");
        drop = database.prepare("UPDATE partition SET dropped = 1 WHERE id = ?");
        delete = database.prepare("DELETE FROM partition WHERE id = ?");
        database.transaction(this::readAll);
    }

    private void readAll() throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong(1);
                greatestId = Math.max(greatestId, id);
                if (rows.getBoolean(5)) {
                    dropped.add(id);
                } else {
                    add(new Partition(rows.getString(2), rows.getString(3)), id);
                }
            }
        }
    }

    private void add(Partition partition, long id) {
        ids.put(partition, id);
        names.put(id, partition);
    }

    void load(Loader loader) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Partition partition = names.get(rows.getLong(1));
                if (partition != null) {
                    loader.partition(partition, rows.getLong(4));
                }
            }
        }
    }

    /** The name of a partition; null if it was dropped. */
    @Nullable
    Partition nameOf(long id) {
        return names.get(id);
    }

    /** Creates the row if there is none, and returns its id. */
    long saveVersion(Partition partition, long lastVersion) throws SQLException {
        Long id = idOf(partition);
        if (id != null) {
            raiseVersion.setLong(1, lastVersion);
            raiseVersion.setLong(2, id);
            raiseVersion.executeUpdate();
            return id;
        }
        long newId = greatestId + uncommittedIds.size() + 1;
        insert.setLong(1, newId);
        insert.setString(2, partition.owner());
        insert.setString(3, partition.store());
        insert.setLong(4, lastVersion);
        insert.executeUpdate();
        uncommittedIds.put(partition, newId);
        return newId;
    }

    private @Nullable Long idOf(Partition partition) {
        return uncommittedDrops.contains(partition) ? uncommittedIds.get(partition) : ids.get(partition);
    }

    /** Marks a partition as dropped, if it has a row. */
    void drop(Partition partition) throws SQLException {
        Long id = idOf(partition);
        if (id != null) {
            drop.setLong(1, id);
            drop.executeUpdate();
            uncommittedDrops.add(partition);
        }
    }

    /** To be called after the commit. */
    void committed() {
        for (Partition partition : uncommittedDrops) {
            Long id = ids.remove(partition);
            if (id != null) {
                names.remove(id);
                dropped.add(id);
            }
        }
        uncommittedDrops.clear();
        uncommittedIds.forEach(this::add);
        greatestId += uncommittedIds.size();
        uncommittedIds.clear();
    }

    /** The id of a dropped partition whose records are still to be deleted; null if there is none. */
    @Nullable
    Long nextDropped() {
        return dropped.peek();
    }

    /** Deletes the row of the dropped partition that comes next. */
    void deleteNextDropped() throws SQLException {
        Long id = dropped.peek();
        if (id != null) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    /** To be called after the commit of {@link #deleteNextDropped}. */
    void forgetNextDropped() {
        dropped.poll();
    }
}
