package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Trial;
import dev.stowage.contract.run.Who;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists of calls and values that several chapters go through. */
final class Ops {

    /** A value of every type that a record holds. */
    static final List<String> TYPES =
            List.of("number", "string", "numeric string", "boolean", "hash", "list", "NumberSet", "StringSet");

    private Ops() {}

    /** A value of that type. */
    static Object valueOf(String type) {
        return switch (type) {
            case "number" -> 5;
            case "string" -> "five";
            case "numeric string" -> "5";
            case "boolean" -> true;
            case "hash" -> Values.hash("a", 1);
            case "list" -> Values.list(1, 2, 2);
            case "NumberSet" -> SetValue.numbers(1, 5);
            default -> SetValue.strings("a", "5");
        };
    }

    /** The types that are not these. */
    static List<String> typesBut(String... types) {
        return TYPES.stream().filter(type -> !List.of(types).contains(type)).toList();
    }

    /** One call of every operation that the store has, all on this key. */
    static List<Call> everyCall(StoreName store, String key) {
        List<Call> calls = new ArrayList<>(List.of(
                Call.of(store, "get", "key", key),
                Call.of(store, "get", "key", key, "fields", List.of("n")),
                Call.of(store, "exists", "key", key),
                Call.of(store, "put", "key", key, "value", Values.hash("p", 1)),
                Call.of(store, "patch", "key", key, "value", Values.hash("q", 1)),
                Call.of(store, "delete", "key", key, "fields", List.of("n")),
                Call.of(store, "delete", "key", key)));
        if (store.isKeyValue()) {
            calls.addAll(keyValueCalls(store, key));
        }
        return calls;
    }

    /** One call of each of the operations that only the key-value stores have. */
    static List<Call> keyValueCalls(StoreName store, String key) {
        List<Call> calls = new ArrayList<>(List.of(
                Call.of(store, "increment", "key", key, "field", "n"),
                Call.of(store, "incrementMulti", "key", key, "amounts", Values.hash("n", 2)),
                Call.of(store, "append", "key", key, "field", "l", "value", 1),
                Call.of(store, "unshift", "key", key, "field", "l", "value", 2),
                Call.of(store, "appendMulti", "key", key, "values", Values.hash("l", List.of(3))),
                Call.of(store, "unshiftMulti", "key", key, "values", Values.hash("l", List.of(4))),
                Call.of(store, "peek", "key", key, "field", "l"),
                Call.of(store, "peekMulti", "key", key, "counts", Values.hash("l", 2)),
                Call.of(store, "shift", "key", key, "field", "l"),
                Call.of(store, "shiftMulti", "key", key, "counts", Values.hash("l", 1))));
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
                        Values.hash(field, List.of(member))));
            }
        }
        return calls;
    }

    /** All of these fields at once, and, if anything is amiss, one after the other, so that the one that is shows. */
    static void readBack(Trial t, Place place, String way, Map<String, @Nullable Object> fields) {
        String key = t.key();
        Heard written = place.call(way, "key", key, "value", fields);
        if (!written.answer().isRefused() && Values.same(place.get(key).result(), fields)) {
            return;
        }
        fields.forEach((field, value) -> {
            String own = t.key();
            place.call(way, "key", own, "value", Values.hash(field, value)).ok();
            place.get(own).is(Values.hash(field, value));
        });
        written.ok();
        place.get(key).is(fields);
    }

    /** These values as fields of one record. */
    static Map<String, @Nullable Object> asFields(List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> fields = Values.hash();
        for (int i = 0; i < values.size(); i++) {
            fields.put("f" + i, values.get(i));
        }
        return fields;
    }

    /** The same store as another install of the app reaches it, if it is shared and there is one; else the same again. */
    static Place otherEnd(Place place) {
        if (place.store() != StoreName.SHARED_KV_STORE) {
            return place;
        }
        try {
            return place.by(Who.SIBLING);
        } catch (NotCheckable only) {
            place.trial().count("no sibling");
            return place;
        }
    }

    /** What was refused left the record as it was. */
    static void unchanged(Place place, String key, Map<String, @Nullable Object> record) {
        place.get(key).is(record);
    }

    /** Reads as if it had never been there. */
    static void missing(Place place, String key) {
        place.get(key).is(Map.of());
        place.exists(key).is(false);
    }

    /** An answer that is a hash, as one. */
    static Map<String, @Nullable Object> hash(Heard heard) {
        Map<String, @Nullable Object> hash = new java.util.LinkedHashMap<>();
        if (heard.ok().result() instanceof Map<?, ?> map) {
            map.forEach((field, value) -> hash.put(String.valueOf(field), value));
        }
        return hash;
    }

    /** A value of so many levels. */
    static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? Values.list(value) : Values.hash("n", value);
        }
        return value;
    }
}
