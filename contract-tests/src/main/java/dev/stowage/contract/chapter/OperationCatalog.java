package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls and values that several chapters use. */
final class OperationCatalog {

    /** A value of every type that a record holds. */
    static final List<String> TYPES =
            List.of("number", "string", "numeric string", "boolean", "hash", "list", "NumberSet", "StringSet");

    private OperationCatalog() {}

    /** A value of that type. */
    static Object valueOf(String type) {
        return switch (type) {
            case "number" -> 5;
            case "string" -> "five";
            case "numeric string" -> "5";
            case "boolean" -> true;
            case "hash" -> SuiteValues.hash("a", 1);
            case "list" -> SuiteValues.list(1, 2, 2);
            case "NumberSet" -> SetValue.numbers(1, 5);
            default -> SetValue.strings("a", "5");
        };
    }

    /** The types that are not these. */
    static List<String> typesExcept(String... types) {
        return TYPES.stream().filter(type -> !List.of(types).contains(type)).toList();
    }

    /** One call of every operation of the store, all on this key. */
    static List<Call> everyCall(StoreName store, String key) {
        List<Call> calls = new ArrayList<>(List.of(
                Call.of(store, "get", "key", key),
                Call.of(store, "get", "key", key, "fields", List.of("n")),
                Call.of(store, "exists", "key", key),
                Call.of(store, "put", "key", key, "value", SuiteValues.hash("p", 1)),
                Call.of(store, "patch", "key", key, "value", SuiteValues.hash("q", 1)),
                Call.of(store, "delete", "key", key, "fields", List.of("n")),
                Call.of(store, "delete", "key", key)));
        if (store.isKeyValue()) {
            calls.addAll(keyValueCalls(store, key));
        }
        return calls;
    }

    /** As {@link #everyCall(StoreName, String)}, without operations that the backend does not implement. */
    static List<Call> everyCall(StoreClient client, String key) {
        return everyCall(client.store(), key).stream()
                .filter(client.trial()::isImplemented)
                .toList();
    }

    /** One call of every operation that only the key-value stores have. */
    static List<Call> keyValueCalls(StoreName store, String key) {
        List<Call> calls = new ArrayList<>(List.of(
                Call.of(store, "increment", "key", key, "field", "n"),
                Call.of(store, "incrementMulti", "key", key, "amounts", SuiteValues.hash("n", 2)),
                Call.of(store, "append", "key", key, "field", "l", "value", 1),
                Call.of(store, "unshift", "key", key, "field", "l", "value", 2),
                Call.of(store, "appendMulti", "key", key, "values", SuiteValues.hash("l", List.of(3))),
                Call.of(store, "unshiftMulti", "key", key, "values", SuiteValues.hash("l", List.of(4))),
                Call.of(store, "peek", "key", key, "field", "l"),
                Call.of(store, "peekMulti", "key", key, "counts", SuiteValues.hash("l", 2)),
                Call.of(store, "shift", "key", key, "field", "l"),
                Call.of(store, "shiftMulti", "key", key, "counts", SuiteValues.hash("l", 1))));
        for (SetValue.Kind kind : SetValue.Kind.values()) {
            Object member = kind == SetValue.Kind.NUMBER ? (Object) 7 : "m";
            String field = kind == SetValue.Kind.NUMBER ? "ns" : "ss";
            for (String action : List.of("add", "has", "remove")) {
                calls.add(Call.of(store, action + kind.label(), "key", key, "field", field, "value", member));
                calls.add(Call.of(
                        store,
                        action + kind.label() + "Multi",
                        "key",
                        key,
                        "values",
                        SuiteValues.hash(field, List.of(member))));
            }
        }
        return calls;
    }

    /** Writes and reads all these fields at once; if that fails, one after the other, to find the failing one. */
    static void assertReadsBack(Trial t, StoreClient client, String way, Map<String, @Nullable Object> fields) {
        String key = t.key();
        ResponseAssert written = client.call(way, "key", key, "value", fields);
        if (!written.actual().isRefused()
                && SuiteValues.areEqual(client.get(key).result(), fields)) {
            return;
        }
        fields.forEach((field, value) -> {
            String own = t.key();
            client.call(way, "key", own, "value", SuiteValues.hash(field, value))
                    .succeeds();
            client.get(own).hasResult(SuiteValues.hash(field, value));
        });
        written.succeeds();
        client.get(key).hasResult(fields);
    }

    /** These values as fields of one record. */
    static Map<String, @Nullable Object> asFields(List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        for (int i = 0; i < values.size(); i++) {
            fields.put("f" + i, values.get(i));
        }
        return fields;
    }

    /** The same store accessed by another install of the app if the store is shared and there is one; else the same client. */
    static StoreClient fromSiblingInstall(StoreClient client) {
        if (client.store() != StoreName.SHARED_KV_STORE) {
            return client;
        }
        try {
            return client.as(Principal.SIBLING);
        } catch (NotCheckableException only) {
            client.trial().count("no sibling");
            return client;
        }
    }

    /** Asserts that a refused operation left the record unchanged. */
    static void assertUnchanged(StoreClient client, String key, Map<String, @Nullable Object> record) {
        client.get(key).hasResult(record);
    }

    /** Asserts that there is no record. */
    static void assertMissing(StoreClient client, String key) {
        client.get(key).hasResult(Map.of());
        client.exists(key).hasResult(false);
    }

    /** The result as a hash; empty if it is not one. */
    static Map<String, @Nullable Object> hash(ResponseAssert response) {
        Map<String, @Nullable Object> hash = new java.util.LinkedHashMap<>();
        if (response.succeeds().result() instanceof Map<?, ?> map) {
            map.forEach((field, value) -> hash.put(String.valueOf(field), value));
        }
        return hash;
    }

    /** A value with this many levels of nesting. */
    static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? SuiteValues.list(value) : SuiteValues.hash("n", value);
        }
        return value;
    }
}
