package dev.stowage.postgresql;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore.Step;
import dev.stowage.emulator.record.SharedRecordStore.Written;
import dev.stowage.emulator.record.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of steps in one statement, with a call of {@code stowage_change} for each, which compares and changes. The locks of all
 * steps are taken in the order of {@link LockOrder}: first those of the partitions, then each step's own.
 */
final class StepWrites {

    private static final String WRITE = "SELECT stowage_change(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * As {@link #WRITE}, for any number of steps. Their partitions are locked when the locks can be counted, so before the first step. They wait
     * for no lock that somebody keeps: then each is written alone, and those that need it wait for it.
     */
    private static final String WRITE_ALL = "WITH locks AS MATERIALIZED ("
            + "SELECT pg_advisory_xact_lock_shared(stowage_lock_of(owner, store))"
            + " FROM (SELECT set_config('lock_timeout', '50ms', true), pg_advisory_xact_lock_shared(stowage_lock_of_store())) AS whole,"
            + " unnest(?, ?) AS partition (owner, store))"
            + " SELECT number, stowage_change(?, ?, watched_version, guard_owner, guard_store, guard_key,"
            + " step_owner, step_store, step_key, expected, expires_at, content)"
            + " FROM (SELECT count(*) FROM locks) AS locked, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS step (number, watched_version,"
            + " guard_owner, guard_store, guard_key, step_owner, step_store, step_key, expected, expires_at, content)";

    private static final long OTHER_VERSION = -1;
    private static final long NO_GUARD = -2;

    private StepWrites() {}

    static List<Written> write(Connection connection, @Nullable Partition watched, List<Step> steps)
            throws SQLException {
        return steps.size() == 1
                ? List.of(write(connection, watched, steps.get(0)))
                : writeAll(connection, watched, steps);
    }

    private static Written write(Connection connection, @Nullable Partition watched, Step step) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            int next = NameParameters.setPartition(statement, 1, watched);
            statement.setLong(next, step.seen().watchedVersion());
            next = NameParameters.setName(statement, next + 1, step.view().guard());
            next = NameParameters.setName(statement, next, step.view().record());
            statement.setLong(next, step.seen().version());
            statement.setObject(next + 1, expiresAt(step), Types.BIGINT);
            statement.setString(next + 2, content(step));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return written(row.getLong(1));
            }
        }
    }

    private static List<Written> writeAll(Connection connection, @Nullable Partition watched, List<Step> steps)
            throws SQLException {
        Integer[] inOrder = IntStream.range(0, steps.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(
                inOrder, Comparator.comparing(number -> steps.get(number).view().record(), LockOrder.RECORDS));
        List<Step> ordered = Stream.of(inOrder).map(steps::get).toList();
        try (PreparedStatement statement = connection.prepareStatement(WRITE_ALL)) {
            int next = NameParameters.setPartitions(statement, 1, LockOrder.of(partitions(ordered, watched), watched));
            next = NameParameters.setPartition(statement, next, watched);
            next = NameParameters.setArray(statement, next, "integer", inOrder);
            next = setAll(
                    statement, next, "bigint", ordered, step -> step.seen().watchedVersion());
            next = NameParameters.setNames(
                    statement, next, ordered, step -> step.view().guard());
            next = NameParameters.setNames(
                    statement, next, ordered, step -> step.view().record());
            next = setAll(
                    statement, next, "bigint", ordered, step -> step.seen().version());
            next = setAll(statement, next, "bigint", ordered, StepWrites::expiresAt);
            setAll(statement, next, "text", ordered, StepWrites::content);
            return written(statement, steps.size());
        }
    }

    private static List<Partition> partitions(List<Step> steps, @Nullable Partition watched) {
        return Stream.concat(
                        Stream.ofNullable(watched),
                        steps.stream()
                                .flatMap(step -> Stream.of(
                                        step.view().guard(), step.view().record()))
                                .filter(Objects::nonNull)
                                .map(RecordName::partition))
                .toList();
    }

    private static int setAll(
            PreparedStatement statement,
            int parameter,
            String type,
            List<Step> steps,
            Function<Step, @Nullable Object> value)
            throws SQLException {
        return NameParameters.setArray(
                statement, parameter, type, steps.stream().map(value).toArray());
    }

    /** Null for a removal, and for a record that does not expire. */
    private static @Nullable Long expiresAt(Step step) {
        return step.change() instanceof Change.Write write && write.expiresAt() != StoredRecord.NEVER
                ? write.expiresAt()
                : null;
    }

    /** Null for a removal. */
    private static @Nullable String content(Step step) {
        return step.change() instanceof Change.Write write ? RecordRows.text(write.content()) : null;
    }

    private static List<Written> written(PreparedStatement statement, int count) throws SQLException {
        List<Written> written = new ArrayList<>(Collections.nCopies(count, Written.OTHER_VERSION));
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                written.set(rows.getInt(1), written(rows.getLong(2)));
            }
        }
        return written;
    }

    private static Written written(long result) {
        if (result == NO_GUARD) {
            return Written.NO_GUARD;
        }
        return result == OTHER_VERSION ? Written.OTHER_VERSION : Written.as(result);
    }
}
