package dev.stowage.emulator.http.data;

import dev.stowage.emulator.operation.RequestValidator;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Operation.End;
import dev.stowage.storage.operation.Operation.SetAction;
import dev.stowage.storage.operation.Operation.SetKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads operations by the wire protocol's table, which has the arguments of each operation. */
public final class OperationReader {

    /** A row of the table. */
    private record Row(Set<String> arguments, Function<OperationArguments, Operation> make) {}

    private static final Map<String, Row> TABLE = table();

    private OperationReader() {}

    /** Returns the names of all operations. */
    public static Set<String> names() {
        return TABLE.keySet();
    }

    /**
     * Reads a request.
     *
     * @throws StorageException {@code not_found} if the store does not have the operation; another code if the body is wrong
     */
    static Operation read(StoreName store, String name, byte[] body) {
        Row row = TABLE.get(name);
        if (row == null || !RequestValidator.has(store, name)) {
            throw new StorageException(ErrorCode.NOT_FOUND, whyNot(store, row));
        }
        try {
            OperationArguments arguments = OperationArguments.read(name, row.arguments(), body);
            try {
                return read(store, row, arguments);
            } catch (StorageException refusal) {
                throw arguments.located(refusal);
            }
        } catch (StorageException refusal) {
            throw located(refusal, store, name);
        }
    }

    private static String whyNot(StoreName store, @Nullable Row row) {
        return row == null
                ? "The operation is unknown. Operations: " + String.join(", ", names()) + "."
                : "Only kvStore and sharedKvStore have this operation. The store " + store
                        + " has get, put, patch, delete and exists.";
    }

    private static Operation read(StoreName store, Row row, OperationArguments arguments) {
        if (!store.isKeyValue() && (arguments.mentions("ttl") || arguments.mentions("keepTtl"))) {
            throw RequestValidator.noTtl(store);
        }
        return row.make().apply(arguments);
    }

    /** Adds the store, and the key if it was read, to the refusal (ERR-2). */
    private static StorageException located(StorageException refusal, StoreName store, String name) {
        Object key = refusal.details().get("key");
        Map<String, Object> details = new LinkedHashMap<>(refusal.details());
        details.put("store", store.wireName());
        return new StorageException(
                refusal.code(),
                store + "." + name + (key == null ? "" : " of '" + key + "'") + ": " + refusal.getMessage(),
                details);
    }

    private static Map<String, Row> table() {
        Map<String, Row> table = new LinkedHashMap<>();
        table.put("get", row(a -> new Operation.Get(a.key(), a.fields()), "key", "fields"));
        table.put(
                "put",
                row(
                        a -> new Operation.Put(a.key(), a.record(), a.ttl(Ttl.none()), a.ifVersion()),
                        "key",
                        "value",
                        "ttl",
                        "keepTtl",
                        "ifVersion"));
        table.put(
                "patch",
                row(
                        a -> new Operation.Patch(a.key(), a.record(), a.ttl(Ttl.keep()), a.ifVersion()),
                        "key",
                        "value",
                        "ttl",
                        "ifVersion"));
        table.put(
                "delete",
                row(a -> new Operation.Delete(a.key(), a.fields(), a.ifVersion()), "key", "fields", "ifVersion"));
        table.put("exists", row(a -> new Operation.Exists(a.key()), "key"));
        table.put(
                "increment",
                row(
                        a -> new Operation.Increment(a.key(), Map.of(a.field(), a.amount()), a.ttl(Ttl.keep()), false),
                        "key",
                        "field",
                        "amount",
                        "ttl"));
        table.put(
                "incrementMulti",
                row(
                        a -> new Operation.Increment(a.key(), a.amounts(), a.ttl(Ttl.keep()), true),
                        "key",
                        "amounts",
                        "ttl"));
        for (End end : End.values()) {
            String name = end == End.BACK ? "append" : "unshift";
            table.put(
                    name,
                    row(
                            a -> new Operation.ListInsert(a.key(), Hash.of(a.field(), asList(a.value())), end, false),
                            "key",
                            "field",
                            "value"));
            table.put(
                    name + "Multi", row(a -> new Operation.ListInsert(a.key(), lists(a), end, true), "key", "values"));
        }
        for (boolean remove : new boolean[] {true, false}) {
            String name = remove ? "shift" : "peek";
            table.put(
                    name,
                    row(a -> new Operation.ListTake(a.key(), Map.of(a.field(), 1), remove, false), "key", "field"));
            table.put(
                    name + "Multi",
                    row(a -> new Operation.ListTake(a.key(), a.counts(), remove, true), "key", "counts"));
        }
        for (SetKind kind : SetKind.values()) {
            for (SetAction action : SetAction.values()) {
                String name = action.label() + kind.label();
                table.put(
                        name,
                        row(
                                a -> new Operation.SetMembers(
                                        a.key(), kind, action, Hash.of(a.field(), set(kind, asList(a.value()))), false),
                                "key",
                                "field",
                                "value"));
                table.put(
                        name + "Multi",
                        row(
                                a -> new Operation.SetMembers(a.key(), kind, action, sets(kind, a), true),
                                "key",
                                "values"));
            }
        }
        return table;
    }

    private static Row row(Function<OperationArguments, Operation> make, String... arguments) {
        return new Row(Set.of(arguments), make);
    }

    private static List<@Nullable Object> asList(@Nullable Object value) {
        return Arrays.asList(value);
    }

    /** Returns the values of a list operation, by field. */
    private static Hash lists(OperationArguments arguments) {
        Hash values = arguments.byField("values");
        values.asMap().forEach(OperationReader::checkList);
        return values;
    }

    private static Hash sets(SetKind kind, OperationArguments arguments) {
        Hash.Builder sets = Hash.builder();
        arguments
                .byField("values")
                .asMap()
                .forEach((field, list) -> sets.set(field, set(kind, checkList(field, list))));
        return sets.build();
    }

    private static List<?> checkList(String field, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw OperationArguments.refused("The values for the field '" + field + "' must be a list.");
    }

    private static Object set(SetKind kind, Collection<?> members) {
        Class<?> type = kind == SetKind.NUMBER ? Number.class : String.class;
        if (!members.stream().allMatch(type::isInstance)) {
            throw new StorageException(
                    ErrorCode.INVALID_VALUE,
                    "A " + kind.label() + "Set can contain only " + (kind == SetKind.NUMBER ? "numbers" : "strings")
                            + ", but the request has a value of another type. (SET-5)");
        }
        return kind == SetKind.NUMBER
                ? NumberSet.from(members.stream().map(Number.class::cast).toList())
                : StringSet.from(members.stream().map(String.class::cast).toList());
    }
}
