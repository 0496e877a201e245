package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SetValue.Kind;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 7: sets. {@link RacesOnFields} tests that they are atomic. */
final class Chapter7Sets {

    /** Three members of that kind, including a falsy one. */
    private static List<Object> three(Kind kind) {
        return kind == Kind.NUMBER ? List.of(0, 1, 10) : List.of("", "a", "10");
    }

    private static SetValue set(Kind kind, Object... members) {
        return new SetValue(kind, List.of(members));
    }

    @Property(
            clause = "SET-1",
            does = "adds a value to a set, a missing field and a missing record, and adds it again: true, then"
                    + " false, and the set contains it once",
            lookAt = "how members are compared, and what add returns")
    void addOne(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        String before = t.choose("set", "missing field", "missing record");
        Object value = t.choose(three(kind));
        String key = t.key();
        Object other = kind == Kind.NUMBER ? (Object) 5 : "5";
        Map<String, @Nullable Object> record = SuiteValues.hash();
        if (!before.equals("missing record")) {
            record.put("x", 1);
        }
        if (before.equals("set")) {
            record.put("s", set(kind, other));
        }
        if (!record.isEmpty()) {
            client.put(key, record).succeeds();
        }
        client.setOperation("add", kind, key, "s", value).hasResult(true);
        SetValue right = before.equals("set") ? set(kind, other, value) : set(kind, value);
        client.get(key).hasResult(Generators.with(record, "s", right));
        client.setOperation("add", kind, key, "s", value).hasResult(false);
        client.get(key).hasResult(Generators.with(record, "s", right));
        client.exists(key).hasResult(true);
    }

    @Property(
            clause = "SET-2",
            does = "adds several values to several sets, including a duplicate and existing members; the"
                    + " result has, per field, the new ones",
            lookAt = "whether all values are returned, or members are added twice")
    void addMany(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        boolean there = t.choose(true, false);
        List<Object> values = t.draw(Generators.members(kind));
        String key = t.key();
        if (there) {
            client.createRecord(key, "s", set(kind, values.get(0)), "x", 1);
        }
        List<@Nullable Object> given = Generators.withDuplicate(values);
        List<Object> fresh = there ? values.subList(1, values.size()) : values;
        client.setOperationMulti(
                        "add",
                        kind,
                        key,
                        Map.of("s", given, "t", List.of(three(kind).get(1))))
                .hasResult(SuiteValues.hash(
                        "s",
                        new SetValue(kind, fresh),
                        "t",
                        set(kind, three(kind).get(1))));
        Map<String, @Nullable Object> right = SuiteValues.hash(
                "s", new SetValue(kind, values), "t", set(kind, three(kind).get(1)));
        client.get(key).hasResult(there ? Generators.with(right, "x", 1) : right);
        client.setOperationMulti("add", kind, key, Map.of("s", values)).hasResult(SuiteValues.hash("s", set(kind)));
        client.get(key).hasResult(there ? Generators.with(right, "x", 1) : right);
    }

    @Property(
            clause = "SET-3",
            does = "removes members and other values, one and several at once, from a set, a missing field and"
                    + " a missing record; the result says which were members, the rest stays, and"
                    + " nothing is created",
            lookAt = "what remove returns, what else it removes, and records that it creates")
    void remove(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        boolean multi = t.choose(false, true);
        Object gone = t.choose(three(kind));
        Object never = kind == Kind.NUMBER ? (Object) 77 : "77";
        List<Object> rest = new ArrayList<>(three(kind));
        rest.remove(gone);
        String key = t.key();
        client.createRecord(key, "s", new SetValue(kind, three(kind)), "x", 1);
        if (multi) {
            Object alsoGone = rest.remove(0);
            client.setOperationMulti("remove", kind, key, Map.of("s", List.of(gone, never, alsoGone, gone)))
                    .hasResult(SuiteValues.hash("s", set(kind, gone, alsoGone)));
            client.get(key).hasResult(SuiteValues.hash("s", new SetValue(kind, rest), "x", 1));
            client.setOperationMulti("remove", kind, key, Map.of("s", List.of(gone)))
                    .hasResult(SuiteValues.hash("s", set(kind)));
            client.setOperationMulti("remove", kind, key, Map.of("absent", List.of(gone)))
                    .hasResult(SuiteValues.hash("absent", set(kind)));
        } else {
            client.setOperation("remove", kind, key, "s", never).hasResult(false);
            client.setOperation("remove", kind, key, "s", gone).hasResult(true);
            client.get(key).hasResult(SuiteValues.hash("s", new SetValue(kind, rest), "x", 1));
            client.setOperation("remove", kind, key, "s", gone).hasResult(false);
            client.setOperation("remove", kind, key, "absent", gone).hasResult(false);
        }
        client.get(key).hasResult(SuiteValues.hash("s", new SetValue(kind, rest), "x", 1));
        String missing = t.key();
        client.setOperation("remove", kind, missing, "s", gone).hasResult(false);
        client.setOperationMulti("remove", kind, missing, Map.of("s", List.of(gone)))
                .hasResult(SuiteValues.hash("s", set(kind)));
        client.exists(missing).hasResult(false);
    }

    @Property(
            clause = "SET-4",
            does = "asks for members and other values, one and several at once, in a set, a missing field and a"
                    + " missing record",
            lookAt = "membership of falsy values, 1 and \"1\", and records that has creates")
    void has(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        Object member = t.choose(three(kind));
        Object never = kind == Kind.NUMBER ? t.choose((Object) 2, 100) : t.choose((Object) "A", "1");
        String key = t.key();
        Map<String, @Nullable Object> record = SuiteValues.hash("s", new SetValue(kind, three(kind)), "x", 1);
        client.put(key, record).succeeds();
        client.setOperation("has", kind, key, "s", member).hasResult(true);
        client.setOperation("has", kind, key, "s", never).hasResult(false);
        client.setOperation("has", kind, key, "absent", member).hasResult(false);
        client.setOperationMulti("has", kind, key, Map.of("s", List.of(never, member), "absent", List.of(member)))
                .hasResult(SuiteValues.hash("s", set(kind, member), "absent", set(kind)));
        client.get(key).hasResult(record);
        String missing = t.key();
        client.setOperation("has", kind, missing, "s", member).hasResult(false);
        client.setOperationMulti("has", kind, missing, Map.of("s", List.of(member)))
                .hasResult(SuiteValues.hash("s", set(kind)));
        client.exists(missing).hasResult(false);
    }

    /** Members, and values that are no members but a part of one, or contain one, as text. */
    private record SimilarValues(Kind kind, List<Object> members, List<Object> others) {}

    private static final List<SimilarValues> SIMILAR_VALUES = List.of(
            new SimilarValues(
                    Kind.NUMBER,
                    List.of(10, 234, -5, 1.5, 1000),
                    List.of(1, 0, 2, 3, 4, 23, 34, 5, 100, 15, -1, 0.5, 10.5)),
            new SimilarValues(
                    Kind.STRING,
                    List.of("10", "abc", "Key", "a b", "x,y"),
                    List.of(
                            "1", "0", "", "a", "b", "c", "ab", "bc", "abcd", "key", "KEY", "Key ", "x", "y", "100",
                            "10.0")));

    @Property(
            clause = "SET-4",
            does =
                    "asks for values that are a prefix, a part or an extension of a member as text, such as 1 in a set with 10,"
                            + " one by one and at once; none of them is a member",
            lookAt = "members that are compared as text, by prefix, by substring or without case",
            share = 5)
    void hasComparesWholeValues(Trial t) {
        for (StoreName store : List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE)) {
            for (SimilarValues values : SIMILAR_VALUES) {
                StoreClient client = t.store(store);
                String key = t.key();
                client.createRecord(key, "s", new SetValue(values.kind(), values.members()));
                for (Object other : values.others()) {
                    client.setOperation("has", values.kind(), key, "s", other).hasResult(false);
                }
                for (Object other : values.others()) {
                    client.setOperationMulti("has", values.kind(), key, Map.of("s", List.of(other)))
                            .hasResult(SuiteValues.hash("s", set(values.kind())));
                }
            }
        }
    }

    @Property(
            clause = "SET-3",
            does =
                    "removes values that are a prefix, a part or an extension of a member as text, such as 1 from a set with 10,"
                            + " one by one and at once; none of them was a member, and all members stay",
            lookAt = "members that are compared as text, by prefix, by substring or without case",
            share = 5)
    void removeComparesWholeValues(Trial t) {
        for (StoreName store : List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE)) {
            for (SimilarValues values : SIMILAR_VALUES) {
                StoreClient client = t.store(store);
                String key = t.key();
                Map<String, @Nullable Object> record =
                        SuiteValues.hash("s", new SetValue(values.kind(), values.members()));
                client.put(key, record).succeeds();
                for (Object other : values.others()) {
                    client.setOperation("remove", values.kind(), key, "s", other)
                            .hasResult(false);
                }
                client.setOperationMulti("remove", values.kind(), key, Map.of("s", values.others()))
                        .hasResult(SuiteValues.hash("s", set(values.kind())));
                client.get(key).hasResult(record);
            }
        }
    }

    @Property(
            clause = "SET-1",
            does =
                    "adds values that are a prefix, a part or an extension of a member as text, such as 1 to a set with 10, one by"
                            + " one and at once; each is new",
            lookAt = "members that are compared as text, by prefix, by substring or without case",
            share = 5)
    void addComparesWholeValues(Trial t) {
        for (StoreName store : List.of(StoreName.KV_STORE, StoreName.SHARED_KV_STORE)) {
            for (SimilarValues values : SIMILAR_VALUES) {
                StoreClient client = t.store(store);
                String key = t.key();
                client.createRecord(key, "s", new SetValue(values.kind(), values.members()));
                for (Object other : values.others()) {
                    client.setOperation("add", values.kind(), key, "s", other).hasResult(true);
                }
                client.setOperationMulti("add", values.kind(), key, Map.of("t", values.members()))
                        .succeeds();
                client.setOperationMulti("add", values.kind(), key, Map.of("t", values.others()))
                        .forClause("SET-2")
                        .hasResult(SuiteValues.hash("t", new SetValue(values.kind(), values.others())));
            }
        }
    }

    @Property(
            clause = "SET-5",
            does = "calls each set operation on a set of the other kind and on a field of each other type,"
                    + " alone and together with right sets in a Multi; it is refused as wrong_type and"
                    + " nothing changes",
            lookAt = "kinds that are mixed, lists that are treated as sets, fields that are replaced, and Multis"
                    + " that stop halfway")
    void kindsAreKeptApart(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        String action = t.choose("add", "remove", "has");
        String how = t.choose("one", "multi, wrong last", "multi, wrong first");
        Object member = three(kind).get(1);
        Object value = action.equals("add") ? (kind == Kind.NUMBER ? (Object) 99 : "99") : member;
        String key = t.key();
        Map<String, @Nullable Object> record =
                SuiteValues.hash("s", new SetValue(kind, three(kind)), "empty", SuiteValues.list());
        OperationCatalog.typesExcept(kind.label() + "Set")
                .forEach(type -> record.put(type, OperationCatalog.valueOf(type)));
        client.put(key, record).succeeds();
        for (String wrong : record.keySet()) {
            if (wrong.equals("s")) {
                continue;
            }
            ResponseAssert response = switch (how) {
                case "one" -> client.setOperation(action, kind, key, wrong, value);
                case "multi, wrong last" ->
                    client.setOperationMulti(
                            action,
                            kind,
                            key,
                            ordered("s", List.of(value), "new", List.of(value), wrong, List.of(value)));
                default ->
                    client.setOperationMulti(action, kind, key, ordered(wrong, List.of(value), "s", List.of(value)));
            };
            response.isRefusedWith("wrong_type");
        }
        client.get(key).hasResult(record);
    }

    private static Map<String, Object> ordered(Object... fieldsAndLists) {
        Map<String, Object> ordered = new java.util.LinkedHashMap<>();
        for (int i = 0; i < fieldsAndLists.length; i += 2) {
            ordered.put((String) fieldsAndLists[i], fieldsAndLists[i + 1]);
        }
        return ordered;
    }

    @Property(
            clause = "SET-6",
            does = "removes a set's last member; the set is still there, empty, with its kind",
            lookAt = "whether an emptied set is removed",
            share = 30)
    void anEmptiedSetStays(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        String key = t.key();
        Object member = three(kind).get(1);
        client.createRecord(key, "s", set(kind, member), "x", 1);
        client.setOperation("remove", kind, key, "s", member).hasResult(true);
        client.get(key).hasResult(SuiteValues.hash("s", set(kind), "x", 1));
        Kind other = kind == Kind.NUMBER ? Kind.STRING : Kind.NUMBER;
        client.setOperation("add", other, key, "s", three(other).get(1)).isRefusedWith("wrong_type");
    }

    @Property(
            clause = "SET-3",
            does = "removes a set's last member and adds one again; whether the emptied set stays is the"
                    + " backend's choice, its members are not",
            lookAt = "members that reappear",
            share = 30)
    void removeTheLastAndAddAgain(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Kind kind = t.choose(Kind.values());
        String key = t.key();
        client.createRecord(key, "s", set(kind, three(kind).get(0)), "x", 1);
        client.setOperation("remove", kind, key, "s", three(kind).get(0)).hasResult(true);
        client.setOperation("has", kind, key, "s", three(kind).get(0))
                .forClause("SET-4")
                .hasResult(false);
        client.get(key, "x").hasResult(SuiteValues.hash("x", 1));
        client.setOperation("add", kind, key, "s", three(kind).get(2))
                .forClause("SET-1")
                .hasResult(true);
        client.get(key).hasResult(SuiteValues.hash("s", set(kind, three(kind).get(2)), "x", 1));
    }
}
