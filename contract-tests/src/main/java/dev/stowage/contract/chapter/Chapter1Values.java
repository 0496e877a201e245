package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 1: which values a record may contain. {@link Chapter1ReadBack} tests that they read back. */
final class Chapter1Values {

    @Property(
            clause = "VAL-1",
            does = "puts and patches a string, a number, a boolean, a list, a set and null as a record; each"
                    + " is refused as invalid_value, and the existing record is unchanged",
            skipped = "if the API's types make such a record impossible",
            lookAt = "the check of value in put and patch: it must be a JSON object")
    void aRecordIsAHash(Trial t) {
        StoreClient client = t.anyStore();
        String operation = t.choose("put", "patch");
        Object noHash = t.choose(SuiteValues.list(
                "text",
                5,
                true,
                SuiteValues.list(),
                SuiteValues.list(1, "a"),
                null,
                "",
                0,
                "{\"a\":1}",
                SetValue.strings("a")));
        String key = t.key();
        client.createRecord(key, "a", 1);
        client.call(operation, "key", key, "value", noHash).isRefusedWith("invalid_value");
        OperationCatalog.assertUnchanged(client, key, SuiteValues.hash("a", 1));
        String fresh = t.key();
        client.call(operation, "key", fresh, "value", noHash).isRefusedWith("invalid_value");
        client.get(fresh).hasResult(Map.of());
    }

    @Property(
            clause = "VAL-2",
            does = "writes one field of each type, and nested hashes and lists, and reads them back",
            lookAt = "the type that comes back as another one, or not at all")
    void everyTypeNests(Trial t) {
        StoreClient client = t.anyStore();
        String way = t.choose("put", "patch");
        OperationCatalog.assertReadsBack(
                t,
                client,
                way,
                OperationCatalog.asFields(SuiteValues.list(
                        "text",
                        5,
                        -1.5,
                        true,
                        false,
                        null,
                        SuiteValues.hash(),
                        SuiteValues.list(),
                        SuiteValues.hash("b", SuiteValues.hash("c", SuiteValues.hash("d", SuiteValues.list(1)))),
                        SuiteValues.list(
                                SuiteValues.list(),
                                SuiteValues.list(SuiteValues.list(1), SuiteValues.hash("x", null)),
                                2),
                        SuiteValues.list(1, 1, 1, 2, 2, "1", "1"),
                        SuiteValues.list(null, null, false, 0, ""),
                        SuiteValues.list(
                                SuiteValues.hash("id", 1), SuiteValues.hash("id", 1), SuiteValues.hash("id", 2)),
                        SuiteValues.list(3, 1, 2, 10, 1),
                        SuiteValues.hash("a", "", "b", 0, "c", false, "d", null),
                        SuiteValues.hash("0", "a", "1", "b"),
                        SuiteValues.hash("k", SuiteValues.hash("x", null, "y", false)))));
    }

    @Property(
            clause = "VAL-3",
            does = "puts or patches sets of both kinds beside lists of the same values; the sets read back as"
                    + " sets of their"
                    + " kind, without duplicates, the lists as lists; an empty set may be gone (SET-6),"
                    + " but is never another type",
            lookAt = "how a set is stored: one that is stored as a list comes back as a list")
    void setsAreSets(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        SetValue.Kind kind = t.choose(SetValue.Kind.values());
        String way = t.choose("put", "patch");
        List<Object> members = t.draw(Generators.members(kind));
        Map<String, @Nullable Object> record = SuiteValues.hash(
                "set", new SetValue(kind, members), "list", members, "empty", new SetValue(kind, List.of()), "x", 1);
        String key = t.key();
        client.call(way, "key", key, "value", record).succeeds();
        Map<String, @Nullable Object> read = OperationCatalog.hash(client.get(key));
        if (!(read.get("set") instanceof SetValue set) || !SuiteValues.areEqual(set, record.get("set"))) {
            throw t.violationAtKeys(
                    "VAL-3",
                    "a " + kind.label() + "Set of " + SuiteValues.abbreviated(members) + " read back as "
                            + SuiteValues.abbreviated(read.get("set")) + ".",
                    key);
        }
        boolean isEmptySet = read.get("empty") instanceof SetValue empty
                && empty.kind() == kind
                && empty.members().isEmpty();
        if (read.containsKey("empty") && !isEmptySet) {
            throw t.violationAtKeys(
                    "VAL-3",
                    "an empty " + kind.label() + "Set read back as" + " " + SuiteValues.abbreviated(read.get("empty"))
                            + ".",
                    key);
        }
        if (!SuiteValues.areEqual(read.get("list"), members)) {
            throw t.violationAtKeys(
                    "VAL-3",
                    "a list beside a set, " + SuiteValues.abbreviated(members) + ", read back as "
                            + SuiteValues.abbreviated(read.get("list")) + ".",
                    key);
        }
    }

    @Property(
            clause = "VAL-3",
            does = "puts a set with a duplicate member; it reads back with the member once",
            skipped = "if the API's own sets cannot contain duplicates",
            lookAt = "whether duplicates are removed when a whole set is written, not only when a member is added")
    void aSetHasNoDuplicates(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        SetValue.Kind kind = t.choose(SetValue.Kind.values());
        Object one = kind == SetValue.Kind.NUMBER ? (Object) 1 : "a";
        Object two = kind == SetValue.Kind.NUMBER ? (Object) 2 : "b";
        String key = t.key();
        ResponseAssert put = client.put(key, SuiteValues.hash("s", new SetValue(kind, List.of(one, two, one))));
        if (put.actual().isRefused()) {
            throw t.skip("it refuses a set with a duplicate member");
        }
        client.get(key).hasResult(SuiteValues.hash("s", new SetValue(kind, List.of(one, two))));
    }

    @Property(
            clause = "VAL-3",
            does = "puts a set inside a hash inside a record; it reads back as a set",
            skipped = "if such a set is refused",
            lookAt = "whether nested values are encoded like top-level ones")
    void setsNest(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Object inner = t.choose(
                (Object) SuiteValues.hash("s", SetValue.numbers(1, 2)),
                SuiteValues.list(SetValue.strings("a"), 1),
                SuiteValues.hash("t", SetValue.strings("a", "b"), "u", 1));
        String key = t.key();
        ResponseAssert put = client.put(key, SuiteValues.hash("v", inner));
        if (put.actual().isRefused()) {
            throw t.skip("it refuses nested sets");
        }
        client.get(key).hasResult(SuiteValues.hash("v", inner));
    }

    @Property(
            clause = "VAL-4",
            does = "puts and patches a set, at the top level or nested, into a base store; it is refused as"
                    + " invalid_value and nothing is written",
            lookAt = "the check of values in secrets and settings, including nested ones")
    void baseStoresHoldNoSets(Trial t) {
        StoreClient client = t.anyBaseStore();
        String operation = t.choose("put", "patch");
        SetValue set = t.choose(SetValue.numbers(1, 2), SetValue.strings("a"));
        Object value =
                t.choose((Object) set, SuiteValues.hash("deep", SuiteValues.hash("s", set)), SuiteValues.list(1, set));
        String key = t.key();
        client.createRecord(key, "a", 1);
        client.call(operation, "key", key, "value", SuiteValues.hash("s", value))
                .isRefusedWith("invalid_value");
        OperationCatalog.assertUnchanged(client, key, SuiteValues.hash("a", 1));
    }

    @Property(
            clause = "VAL-6",
            does = "writes 1, 1.0 and 1e0 into a set, and −0 and 0; each pair is one member",
            skipped = "if the client cannot choose how a number is written",
            lookAt = "whether members are compared by value or as text")
    void numbersAreEqualByValue(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String other = t.choose("1.0", "1e0", "10e-1", "1.000");
        String key = t.key();
        client.setOperation("add", SetValue.Kind.NUMBER, key, "s", 1).hasResult(true);
        client.setOperation("add", SetValue.Kind.NUMBER, key, "s", new RawJson(other))
                .hasResult(false);
        client.setOperation("has", SetValue.Kind.NUMBER, key, "s", new RawJson(other))
                .hasResult(true);
        client.setOperation("add", SetValue.Kind.NUMBER, key, "s", 0).hasResult(true);
        client.setOperation("add", SetValue.Kind.NUMBER, key, "s", new RawJson("-0.0"))
                .hasResult(false);
        client.get(key).hasResult(SuiteValues.hash("s", SetValue.numbers(0, 1)));
        client.setOperation("remove", SetValue.Kind.NUMBER, key, "s", new RawJson(other))
                .hasResult(true);
    }

    @Property(
            clause = "VAL-7",
            does = "writes null in fields, lists and nested hashes; get returns it, with and without field"
                    + " names, and it differs from an absent field",
            lookAt = "conditions that treat null as absent")
    void nullIsAValue(Trial t) {
        StoreClient client = t.anyStore();
        String way = t.choose("put", "patch");
        String key = t.key();
        client.createRecord(key, "x", 1);
        client.call(
                        way,
                        "key",
                        key,
                        "value",
                        SuiteValues.hash(
                                "x", null, "y", SuiteValues.list((Object) null), "z", SuiteValues.hash("a", null)))
                .succeeds();
        client.get(key)
                .hasResult(SuiteValues.hash(
                        "x", null, "y", SuiteValues.list((Object) null), "z", SuiteValues.hash("a", null)));
        client.get(key, "x", "w").hasResult(SuiteValues.hash("x", null));
        if (client.isKeyValue()) {
            client.delete(key, "x").forClause("DEL-2").containsFields(SuiteValues.hash("x", null));
            client.get(key)
                    .hasResult(
                            SuiteValues.hash("y", SuiteValues.list((Object) null), "z", SuiteValues.hash("a", null)));
        }
    }

    @Property(
            clause = "VAL-10",
            does = "changes the object that was written and an object that was returned, then reads the record;"
                    + " it is unchanged",
            skipped = "over HTTP nothing is shared; there it shows only that a later write does not change an"
                    + " earlier response",
            lookAt = "whether the store keeps the caller's object, or returns its own")
    void nobodySharesARecord(Trial t) {
        StoreClient client = t.anyStore();
        String key = t.key();
        List<@Nullable Object> list = SuiteValues.list(1, 2);
        Map<String, @Nullable Object> given = SuiteValues.hash("l", list, "h", SuiteValues.hash("a", 1));
        client.put(key, given).succeeds();
        list.add(3);
        given.put("more", 1);
        Map<String, @Nullable Object> right =
                SuiteValues.hash("l", SuiteValues.list(1, 2), "h", SuiteValues.hash("a", 1));
        ResponseAssert first = client.get(key).hasResult(right);
        if (first.result() instanceof Map<?, ?> returned && returned.get("l") instanceof List<?> returnedList) {
            try {
                returnedList.clear();
            } catch (UnsupportedOperationException immutable) {
                t.count("immutable responses");
            }
        }
        client.get(key).hasResult(right);
        client.patch(key, SuiteValues.hash("n", 1)).hasResult(right);
        String other = t.key();
        client.put(other, right).succeeds();
        client.patch(other, SuiteValues.hash("l", SuiteValues.list(9))).succeeds();
        client.get(key).hasResult(Generators.with(right, "n", 1));
    }

    @Property(
            clause = "VAL-9",
            does = "writes a record of exactly 32 levels, which is accepted, and one of 33, which is refused",
            lookAt = "how levels are counted: the record itself is the first")
    void levels(Trial t) {
        StoreClient client = t.anyStore();
        String key = t.key();
        client.put(key, SuiteValues.hash("v", OperationCatalog.nested(31))).succeeds();
        client.get(key).hasResult(SuiteValues.hash("v", OperationCatalog.nested(31)));
        client.put(key, SuiteValues.hash("v", OperationCatalog.nested(32))).isRefusedWith("invalid_value");
        client.get(key).hasResult(SuiteValues.hash("v", OperationCatalog.nested(31)));
    }

    @Property(
            clause = "VAL-9",
            does = "writes fields named __proto__, constructor, and with dots, spaces and quotes, which are"
                    + " accepted; and one with an empty name, which is refused",
            lookAt = "the name that is refused or lost")
    void namesAreOrdinary(Trial t) {
        StoreClient client = t.anyStore();
        String name = t.choose(
                "__proto__",
                "constructor",
                "a.b",
                "a b",
                "\"",
                " ",
                "a'b",
                "toString",
                "hasOwnProperty",
                "length",
                "__class__");
        String key = t.key();
        client.put(key, SuiteValues.hash(name, 1)).succeeds();
        client.get(key).hasResult(SuiteValues.hash(name, 1));
        client.call(Call.of(client.store(), "put", "key", key, "value", SuiteValues.hash("", 1)))
                .isRefusedWith("invalid_value");
    }

    @Property(
            clause = "VAL-6",
            does = "puts −0, which is 0, and a number that is too large for a double, which is refused",
            skipped = "if the client cannot choose how a number is written",
            lookAt = "the parsing of numbers: infinity is not a value")
    void zeroAndInfinity(Trial t) {
        StoreClient client = t.store(StoreName.KV_STORE);
        String key = t.key();
        client.put(key, SuiteValues.hash("n", new RawJson("-0"))).succeeds();
        client.get(key).hasResult(SuiteValues.hash("n", 0));
        client.put(key, SuiteValues.hash("n", new RawJson("1e400"))).isRefusedWith("invalid_value");
    }
}
