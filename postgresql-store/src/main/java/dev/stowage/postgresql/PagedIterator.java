package dev.stowage.postgresql;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads a partition in pages, in the order of the keys. */
final class PagedIterator implements Iterator<Map.Entry<String, StoredRecord>> {

    private static final int PAGE = 1_000;
    private static final String SELECT = "SELECT key, " + RecordRows.COLUMNS
            + " FROM stowage_record WHERE owner = ? AND store = ? AND key > ? ORDER BY key LIMIT " + PAGE;
    /** Less than every key, as a key has at least one character. */
    private static final byte[] BEFORE_ALL = {};

    private final Database database;
    private final Partition partition;
    private final Queue<Map.Entry<String, StoredRecord>> page = new ArrayDeque<>();
    private byte @Nullable [] last = BEFORE_ALL;

    PagedIterator(Database database, Partition partition) {
        this.database = database;
        this.partition = partition;
    }

    @Override
    public boolean hasNext() {
        byte[] after = last;
        if (page.isEmpty() && after != null) {
            page.addAll(database.read(connection -> {
                Queue<Map.Entry<String, StoredRecord>> read = new ArrayDeque<>();
                byte[] lastOfPage = null;
                try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
                    int next = RecordRows.setPartition(statement, 1, partition);
                    statement.setBytes(next, after);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            lastOfPage = rows.getBytes(1);
                            read.add(Map.entry(RecordRows.key(lastOfPage), RecordRows.record(rows, 2)));
                        }
                    }
                }
                last = read.size() < PAGE ? null : lastOfPage;
                return read;
            }));
        }
        return !page.isEmpty();
    }

    @Override
    public Map.Entry<String, StoredRecord> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }
}
