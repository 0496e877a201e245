package dev.stowage.postgresql;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters that name partitions and records. Each method returns the number of the next parameter. */
final class NameParameters {

    private NameParameters() {}

    /** Sets owner and store. */
    static int setPartition(PreparedStatement statement, int first, @Nullable Partition partition) throws SQLException {
        if (partition != null) {
            return RecordRows.setPartition(statement, first, partition);
        }
        statement.setNull(first, Types.VARCHAR);
        statement.setNull(first + 1, Types.VARCHAR);
        return first + 2;
    }

    /** Sets owner, store and key. */
    static int setName(PreparedStatement statement, int first, @Nullable RecordName name) throws SQLException {
        if (name != null) {
            return RecordRows.setName(statement, first, name.partition(), name.key());
        }
        statement.setNull(first, Types.VARCHAR);
        statement.setNull(first + 1, Types.VARCHAR);
        statement.setNull(first + 2, Types.BINARY);
        return first + 3;
    }

    /** Sets three arrays, for owners, stores and keys. */
    static <S> int setNames(
            PreparedStatement statement, int first, List<S> steps, Function<S, @Nullable RecordName> nameOf)
            throws SQLException {
        String[] owners = new String[steps.size()];
        String[] stores = new String[steps.size()];
        byte[][] keys = new byte[steps.size()][];
        for (int i = 0; i < steps.size(); i++) {
            RecordName name = nameOf.apply(steps.get(i));
            if (name != null) {
                owners[i] = name.partition().owner();
                stores[i] = name.partition().store();
                keys[i] = RecordRows.bytes(name.key());
            }
        }
        setArray(statement, first, "text", owners);
        setArray(statement, first + 1, "text", stores);
        return setArray(statement, first + 2, "bytea", keys);
    }

    /** Sets two arrays, for owners and stores. */
    static int setPartitions(PreparedStatement statement, int first, List<Partition> partitions) throws SQLException {
        setArray(
                statement,
                first,
                "text",
                partitions.stream().map(Partition::owner).toArray(String[]::new));
        return setArray(
                statement,
                first + 1,
                "text",
                partitions.stream().map(Partition::store).toArray(String[]::new));
    }

    static int setArray(PreparedStatement statement, int parameter, String type, Object[] elements)
            throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, elements));
        return parameter + 1;
    }
}
