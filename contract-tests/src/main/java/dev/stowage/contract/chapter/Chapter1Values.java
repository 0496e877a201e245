package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 1: what may be in a record. That it reads back is {@link Chapter1ReadBack}'s. */
final class Chapter1Values {

    @Property(
            clause = "VAL-1",
            does =
                    "puts and patches a string, a number, a boolean, a list, a set and null as a record; each is refused as"
                            + " invalid_value, and the record that was there stays as it was",
            skipped = "where the API's types make such a record impossible",
            lookAt = "the check of value in put and patch: it has to be a JSON object")
    void aRecordIsAHash(Trial t) {
        Place place = t.inAnyStore();
        String operation = t.choose("put", "patch");
        Object noHash = t.choose(Values.list(
                "text", 5, true, Values.list(), Values.list(1, "a"), null, "", 0, "{\"a\":1}", SetValue.strings("a")));
        String key = t.key();
        place.given(key, "a", 1);
        place.call(operation, "key", key, "value", noHash).isRefused("invalid_value");
        Ops.unchanged(place, key, Values.hash("a", 1));
        String fresh = t.key();
        place.call(operation, "key", fresh, "value", noHash).isRefused("invalid_value");
        place.get(fresh).is(Map.of());
    }

    @Property(
            clause = "VAL-2",
            does = "writes one field of each type, and hashes and lists in each other, and reads them back",
            lookAt = "which type comes back as another one, or not at all")
    void everyTypeNests(Trial t) {
        Place place = t.inAnyStore();
        String way = t.choose("put", "patch");
        Ops.readBack(
                t,
                place,
                way,
                Ops.asFields(Values.list(
                        "text",
                        5,
                        -1.5,
                        true,
                        false,
                        null,
                        Values.hash(),
                        Values.list(),
                        Values.hash("b", Values.hash("c", Values.hash("d", Values.list(1)))),
                        Values.list(Values.list(), Values.list(Values.list(1), Values.hash("x", null)), 2),
                        Values.list(1, 1, 1, 2, 2, "1", "1"),
                        Values.list(null, null, false, 0, ""),
                        Values.list(Values.hash("id", 1), Values.hash("id", 1), Values.hash("id", 2)),
                        Values.list(3, 1, 2, 10, 1),
                        Values.hash("a", "", "b", 0, "c", false, "d", null),
                        Values.hash("0", "a", "1", "b"),
                        Values.hash("k", Values.hash("x", null, "y", false)))));
    }

    @Property(
            clause = "VAL-3",
            does =
                    "puts or patches sets of both kinds beside lists of the same values; the sets read back as sets of their"
                            + " kind, without duplicates, the lists as lists; an empty set may be gone (SET-6), but is nothing else",
            lookAt = "how a set is stored: as a list it comes back as one")
    void setsAreSets(Trial t) {
        Place place = t.inKeyValueStore();
        SetValue.Kind kind = t.choose(SetValue.Kind.values());
        String way = t.choose("put", "patch");
        List<Object> members = t.draw(Some.members(kind));
        Map<String, @Nullable Object> record = Values.hash(
                "set", new SetValue(kind, members), "list", members, "empty", new SetValue(kind, List.of()), "x", 1);
        String key = t.key();
        place.call(way, "key", key, "value", record).ok();
        Map<String, @Nullable Object> read = Ops.hash(place.get(key));
        if (!(read.get("set") instanceof SetValue set) || !Values.same(set, record.get("set"))) {
            throw t.brokenAt(
                    "VAL-3",
                    "a " + kind.label() + "Set of " + Values.brief(members) + " read back as "
                            + Values.brief(read.get("set")) + ".",
                    key);
        }
        boolean isEmptySet = read.get("empty") instanceof SetValue empty
                && empty.kind() == kind
                && empty.members().isEmpty();
        if (read.containsKey("empty") && !isEmptySet) {
            throw t.brokenAt(
                    "VAL-3",
                    "an empty " + kind.label() + "Set read back as " + Values.brief(read.get("empty")) + ".",
                    key);
        }
        if (!Values.same(read.get("list"), members)) {
            throw t.brokenAt(
                    "VAL-3",
                    "a list beside a set, " + Values.brief(members) + ", read back as " + Values.brief(read.get("list"))
                            + ".",
                    key);
        }
    }

    @Property(
            clause = "VAL-3",
            does = "puts a set in which a member is given twice; it reads back with the member once",
            skipped = "where the API's own sets can't be given a member twice",
            lookAt = "whether members are compared when a set is written, not only when one is added")
    void aSetHasNoDuplicates(Trial t) {
        Place place = t.inKeyValueStore();
        SetValue.Kind kind = t.choose(SetValue.Kind.values());
        Object one = kind == SetValue.Kind.NUMBER ? (Object) 1 : "a";
        Object two = kind == SetValue.Kind.NUMBER ? (Object) 2 : "b";
        String key = t.key();
        Heard put = place.put(key, Values.hash("s", new SetValue(kind, List.of(one, two, one))));
        if (put.answer().isRefused()) {
            throw t.skip("it refuses a set in which a member is given twice");
        }
        place.get(key).is(Values.hash("s", new SetValue(kind, List.of(one, two))));
    }

    @Property(
            clause = "VAL-3",
            does = "puts a set inside a hash inside a record, which reads back as a set",
            skipped = "where such a set is refused",
            lookAt = "whether nested values are encoded like those at the top")
    void setsNest(Trial t) {
        Place place = t.inKeyValueStore();
        Object inner = t.choose(
                (Object) Values.hash("s", SetValue.numbers(1, 2)),
                Values.list(SetValue.strings("a"), 1),
                Values.hash("t", SetValue.strings("a", "b"), "u", 1));
        String key = t.key();
        Heard put = place.put(key, Values.hash("v", inner));
        if (put.answer().isRefused()) {
            throw t.skip("it refuses sets below the first level");
        }
        place.get(key).is(Values.hash("v", inner));
    }

    @Property(
            clause = "VAL-4",
            does =
                    "puts and patches a set, at the top of a record or deep in it, into a base store; it is invalid_value and"
                            + " nothing is written",
            lookAt = "the check of values in secrets and settings, also below the first level")
    void baseStoresHoldNoSets(Trial t) {
        Place place = t.inBaseStore();
        String operation = t.choose("put", "patch");
        SetValue set = t.choose(SetValue.numbers(1, 2), SetValue.strings("a"));
        Object value = t.choose((Object) set, Values.hash("deep", Values.hash("s", set)), Values.list(1, set));
        String key = t.key();
        place.given(key, "a", 1);
        place.call(operation, "key", key, "value", Values.hash("s", value)).isRefused("invalid_value");
        Ops.unchanged(place, key, Values.hash("a", 1));
    }

    @Property(
            clause = "VAL-6",
            does = "writes 1, 1.0 and 1e0 into a set, and −0 and 0; each pair is one member",
            skipped = "where a number's spelling can't be chosen",
            lookAt = "whether members are compared by value or by their text")
    void numbersAreEqualByValue(Trial t) {
        Place place = t.inKeyValueStore();
        String other = t.choose("1.0", "1e0", "10e-1", "1.000");
        String key = t.key();
        place.member("add", SetValue.Kind.NUMBER, key, "s", 1).is(true);
        place.member("add", SetValue.Kind.NUMBER, key, "s", new RawJson(other)).is(false);
        place.member("has", SetValue.Kind.NUMBER, key, "s", new RawJson(other)).is(true);
        place.member("add", SetValue.Kind.NUMBER, key, "s", 0).is(true);
        place.member("add", SetValue.Kind.NUMBER, key, "s", new RawJson("-0.0")).is(false);
        place.get(key).is(Values.hash("s", SetValue.numbers(0, 1)));
        place.member("remove", SetValue.Kind.NUMBER, key, "s", new RawJson(other))
                .is(true);
    }

    @Property(
            clause = "VAL-7",
            does =
                    "writes null in fields, lists and nested hashes; it is there, in get with and without field names, and is"
                            + " not what an absent field is",
            lookAt = "conditions that take null for absent")
    void nullIsAValue(Trial t) {
        Place place = t.inAnyStore();
        String way = t.choose("put", "patch");
        String key = t.key();
        place.given(key, "x", 1);
        place.call(
                        way,
                        "key",
                        key,
                        "value",
                        Values.hash("x", null, "y", Values.list((Object) null), "z", Values.hash("a", null)))
                .ok();
        place.get(key).is(Values.hash("x", null, "y", Values.list((Object) null), "z", Values.hash("a", null)));
        place.get(key, "x", "w").is(Values.hash("x", null));
        if (place.isKeyValue()) {
            place.delete(key, "x").by("DEL-2").hasAtLeast(Values.hash("x", null));
            place.get(key).is(Values.hash("y", Values.list((Object) null), "z", Values.hash("a", null)));
        }
    }

    @Property(
            clause = "VAL-10",
            does = "reads a record after what was written and what was answered before was changed by the caller",
            skipped =
                    "over a wire nothing is shared; there it shows only that an answer is not what a later write changes",
            lookAt = "whether the store keeps, or hands out, the caller's own object")
    void nobodySharesARecord(Trial t) {
        Place place = t.inAnyStore();
        String key = t.key();
        List<@Nullable Object> list = Values.list(1, 2);
        Map<String, @Nullable Object> given = Values.hash("l", list, "h", Values.hash("a", 1));
        place.put(key, given).ok();
        list.add(3);
        given.put("more", 1);
        Map<String, @Nullable Object> right = Values.hash("l", Values.list(1, 2), "h", Values.hash("a", 1));
        Heard first = place.get(key).is(right);
        if (first.result() instanceof Map<?, ?> answered && answered.get("l") instanceof List<?> answeredList) {
            try {
                answeredList.clear();
            } catch (UnsupportedOperationException immutable) {
                t.count("immutable answers");
            }
        }
        place.get(key).is(right);
        place.patch(key, Values.hash("n", 1)).is(right);
        String other = t.key();
        place.put(other, right).ok();
        place.patch(other, Values.hash("l", Values.list(9))).ok();
        place.get(key).is(Some.with(right, "n", 1));
    }

    @Property(
            clause = "VAL-9",
            does = "writes records of exactly 32 and of 33 levels",
            lookAt = "where levels are counted: the record itself is the first")
    void levels(Trial t) {
        Place place = t.inAnyStore();
        String key = t.key();
        place.put(key, Values.hash("v", Ops.nested(31))).ok();
        place.get(key).is(Values.hash("v", Ops.nested(31)));
        place.put(key, Values.hash("v", Ops.nested(32))).isRefused("invalid_value");
        place.get(key).is(Values.hash("v", Ops.nested(31)));
    }

    @Property(
            clause = "VAL-9",
            does = "writes fields named __proto__, constructor, and with dots, spaces and quotes; and one with no name",
            lookAt = "which of the names is refused, or lost")
    void namesAreOrdinary(Trial t) {
        Place place = t.inAnyStore();
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
        place.put(key, Values.hash(name, 1)).ok();
        place.get(key).is(Values.hash(name, 1));
        place.call(Call.of(place.store(), "put", "key", key, "value", Values.hash("", 1)))
                .isRefused("invalid_value");
    }

    @Property(
            clause = "VAL-6",
            does = "puts −0 and numbers that are too large for a double",
            skipped = "where a number's spelling can't be chosen",
            lookAt = "the reading of numbers: infinity is no value")
    void zeroAndInfinity(Trial t) {
        Place place = t.in(StoreName.KV_STORE);
        String key = t.key();
        place.put(key, Values.hash("n", new RawJson("-0"))).ok();
        place.get(key).is(Values.hash("n", 0));
        place.put(key, Values.hash("n", new RawJson("1e400"))).isRefused("invalid_value");
    }
}
