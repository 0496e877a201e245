package dev.stowage.postgresql;

import static dev.stowage.postgresql.RecordRows.COLUMNS;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore.Seen;
import dev.stowage.emulator.record.SharedRecordStore.View;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what steps see, in one statement. */
final class StepLooks {

    /** A function would be planned anew with each call. */
    private static final String LAST_VERSION =
            "(SELECT coalesce(max(version), 0) FROM stowage_record WHERE owner = ? AND store = ?)";

    private static final String SEE = "SELECT " + LAST_VERSION + ","
            + " EXISTS (SELECT 1 FROM stowage_record WHERE owner = ? AND store = ? AND key = ?), " + COLUMNS
            + " FROM (SELECT 1) AS one LEFT JOIN stowage_record ON owner = ? AND store = ? AND key = ?";

    /** Finds records by their names: one look-up in the index for each. */
    private static final String FIND = "SELECT " + LAST_VERSION + ", number, " + COLUMNS
            + " FROM unnest(?, ?, ?) WITH ORDINALITY AS wanted (wanted_owner, wanted_store, wanted_key, number)"
            + " LEFT JOIN LATERAL (SELECT " + COLUMNS + " FROM stowage_record"
            + " WHERE owner = wanted_owner AND store = wanted_store AND key = wanted_key LIMIT 1) AS found ON true";

    private StepLooks() {}

    static List<Seen> see(Connection connection, @Nullable Partition watched, List<View> views) throws SQLException {
        return views.size() == 1 ? List.of(see(connection, watched, views.get(0))) : seeAll(connection, watched, views);
    }

    private static Seen see(Connection connection, @Nullable Partition watched, View view) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEE)) {
            int next = NameParameters.setPartition(statement, 1, watched);
            next = NameParameters.setName(statement, next, view.guard());
            NameParameters.setName(statement, next, view.record());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Seen(row.getLong(1), row.getBoolean(2), recordOrNull(row, 3));
            }
        }
    }

    /** Most steps have the same guard as others: each name is looked up once. */
    private static List<Seen> seeAll(Connection connection, @Nullable Partition watched, List<View> views)
            throws SQLException {
        List<RecordName> names = View.namesOf(views);
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            int next = NameParameters.setPartition(statement, 1, watched);
            NameParameters.setNames(statement, next, names, name -> name);
            try (ResultSet rows = statement.executeQuery()) {
                long lastVersion = 0;
                Map<RecordName, StoredRecord> found = new HashMap<>();
                while (rows.next()) {
                    lastVersion = rows.getLong(1);
                    StoredRecord record = recordOrNull(rows, 3);
                    if (record != null) {
                        found.put(names.get(rows.getInt(2) - 1), record);
                    }
                }
                long watchedVersion = lastVersion;
                return views.stream()
                        .map(view -> view.in(found, watchedVersion))
                        .toList();
            }
        }
    }

    private static @Nullable StoredRecord recordOrNull(ResultSet row, int first) throws SQLException {
        row.getLong(first);
        return row.wasNull() ? null : RecordRows.record(row, first);
    }
}
