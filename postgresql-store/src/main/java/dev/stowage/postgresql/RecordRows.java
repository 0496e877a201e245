package dev.stowage.postgresql;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** How a record is a row of the table. */
final class RecordRows {

    /** The columns that {@link #record} reads. */
    static final String COLUMNS = "version, expires_at, content";

    private RecordRows() {}

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    static String key(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads {@link #COLUMNS}, of which the first is the given one. */
    static StoredRecord record(ResultSet row, int first) throws SQLException {
        long version = row.getLong(first);
        long seconds = row.getLong(first + 1);
        long expiresAt = row.wasNull() ? StoredRecord.NEVER : seconds;
        byte[] json = row.getString(first + 2).getBytes(StandardCharsets.UTF_8);
        return new StoredRecord(RecordContent.ofJson(json), version, expiresAt);
    }

    /** Sets the three parameters that name a record; returns the number of the next one. */
    static int setName(PreparedStatement statement, int first, Partition partition, String key) throws SQLException {
        int next = setPartition(statement, first, partition);
        statement.setBytes(next, bytes(key));
        return next + 1;
    }

    static int setPartition(PreparedStatement statement, int first, Partition partition) throws SQLException {
        statement.setString(first, partition.owner());
        statement.setString(first + 1, partition.store());
        return first + 2;
    }

    static void setExpiry(PreparedStatement statement, int parameter, long expiresAt) throws SQLException {
        if (expiresAt == StoredRecord.NEVER) {
            statement.setNull(parameter, Types.BIGINT);
        } else {
            statement.setLong(parameter, expiresAt);
        }
    }

    static String text(RecordContent content) {
        return new String(content.encode(), StandardCharsets.UTF_8);
    }
}
