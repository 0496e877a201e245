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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 1: what may be in a record, and that it reads back as it was written. */
final class Chapter1Values {

    @Property(
            clause = "VAL-1",
            does = "puts and patches a string, a number, a boolean, a list and null as a record; each is refused as"
                    + " invalid_value, and the record that was there stays as it was",
            skipped = "where the API's types make such a record impossible",
            lookAt = "the check of value in put and patch: it has to be a JSON object")
    void aRecordIsAHash(Trial t) {
        Place place = t.inAnyStore();
        String operation = t.choose("put", "patch");
        Object noHash = t.choose(Values.list("text", 5, true, Values.list(), Values.list(1, "a"), null, "", 0));
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
                            + " kind, without duplicates, the lists as lists",
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
            clause = "VAL-5",
            does =
                    "writes strings near every edge (empty, U+0000, beyond the BMP, not normalised, white space, what looks like"
                            + " markup or a number) in each place where a string can stand, and reads them back",
            lookAt = "every step that decodes, escapes, trims or normalises text on its way in and out",
            share = 50)
    void stringsReadBack(Trial t) {
        Place place = t.inAnyStore();
        String text = t.draw(Some.STRING);
        Map<String, @Nullable Object> record =
                Values.hash("s", text, "l", Values.list(text, text), "h", Values.hash("s", text));
        String key = t.key();
        place.put(key, record).ok();
        place.get(key).is(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes one character of each region of Unicode, alone and amid others, and reads it back",
            lookAt = "the encoding of that character: UTF-8 of four bytes, controls, byte order marks, private use")
    void everyKindOfCharacterReadsBack(Trial t) {
        Place place = t.inAnyStore();
        String way = t.choose("put", "patch");
        Map<String, @Nullable Object> fields = Values.hash();
        for (int point : CODE_POINTS) {
            String alone = Character.toString(point);
            fields.put(
                    String.format(Locale.ROOT, "u%04x", point),
                    Values.list(alone, "a" + alone + alone + "b", alone + "z"));
        }
        Ops.readBack(t, place, way, fields);
    }

    private static final int[] CODE_POINTS = {
        0x0, 0x1F600, 0x1, 0x8, 0x9, 0xA, 0xD, 0x1F, 0x7F, 0x80, 0x85, 0xA0, 0xE9, 0x300, 0x200B, 0x200E, 0x2028,
        0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1D11E, 0xF0000, 0x10FFFF
    };

    @Property(
            clause = "VAL-5",
            does =
                    "writes every string and every number of the suite's list of edges, by put, patch, append and as members of"
                            + " sets, and reads them back",
            lookAt = "the one operation that takes another way to the store than the rest")
    void edgesReadBack(Trial t) {
        Place place = t.inAnyStore();
        boolean strings = t.choose(true, false);
        List<?> edges = strings ? Some.EDGE_STRINGS : Some.EDGE_NUMBERS;
        String way = place.isKeyValue() ? t.choose("put", "append", "add", "patch") : t.choose("put", "patch");
        String key = t.key();
        switch (way) {
            case "append" -> {
                place.multi("appendMulti", key, "l", edges).ok();
                place.get(key).is(Values.hash("l", edges));
            }
            case "add" -> {
                SetValue.Kind kind = strings ? SetValue.Kind.STRING : SetValue.Kind.NUMBER;
                place.members("add", kind, key, Map.of("s", edges)).is(Values.hash("s", new SetValue(kind, edges)));
                place.get(key).is(Values.hash("s", new SetValue(kind, edges)));
            }
            default -> Ops.readBack(t, place, way, Ops.asFields(edges));
        }
    }

    @Property(
            clause = "VAL-5",
            does =
                    "writes numbers near every edge, integers up to 2^53−1 among them, and reads back the same numbers, as"
                            + " numbers",
            lookAt = "the number type on the way: 32 bits, single precision, a string, rounding",
            share = 50)
    void numbersReadBack(Trial t) {
        Place place = t.inAnyStore();
        Number number = t.draw(Some.NUMBER);
        Map<String, @Nullable Object> record =
                Values.hash("n", number, "l", Values.list(number, 0), "h", Values.hash("n", number));
        String key = t.key();
        place.put(key, record).ok();
        place.get(key).is(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes whole records of any values and reads them back",
            lookAt = "the value that came back as another one")
    void recordsReadBack(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> record = t.draw(Some.HASH);
        String key = t.key();
        place.put(key, record).ok();
        place.get(key).is(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes a record of many fields, a long list, a long string, and deep nesting, and reads them back",
            lookAt = "limits of length and depth that nobody has documented",
            share = 40)
    void largeValuesReadBack(Trial t) {
        Place place = t.inAnyStore();
        Object value = switch (t.choose("fields", "list", "text", "depth", "emoji", "doubles")) {
            case "fields" -> manyFields(300);
            case "list" ->
                new ArrayList<>(
                        java.util.stream.IntStream.range(0, 1_500).boxed().toList());
            case "text" -> "0123456789".repeat(7_000);
            case "emoji" -> "\ud83d\ude00日é".repeat(4_000);
            case "doubles" -> new ArrayList<>(java.util.Collections.nCopies(600, "same"));
            default -> nested(12);
        };
        String key = t.key();
        place.put(key, Values.hash("v", value)).ok();
        place.get(key).is(Values.hash("v", value));
    }

    private static Map<String, @Nullable Object> manyFields(int count) {
        Map<String, @Nullable Object> fields = Values.hash();
        for (int i = 0; i < count; i++) {
            fields.put("field-" + i, i);
        }
        return fields;
    }

    private static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? Values.list(value) : Values.hash("n", value);
        }
        return value;
    }

    @Property(
            clause = "VAL-5",
            does =
                    "writes a user's own hashes whose only member is called $numberSet, $stringSet or $literal; they read back as"
                            + " what they are",
            lookAt =
                    "the $literal around such a hash: undone on the way in, put on again on the way out, at every level")
    void literalsReadBack(Trial t) {
        Place place = t.inAnyStore();
        String name = t.choose("$numberSet", "$stringSet", "$literal", "$other");
        boolean alone = t.choose(true, false);
        Map<String, @Nullable Object> fields = Values.hash();
        for (Object inner : INNERS) {
            Map<String, @Nullable Object> own = alone ? Values.hash(name, inner) : Values.hash(name, inner, "more", 1);
            fields.put("f" + fields.size(), own);
            fields.put("f" + fields.size(), Values.list(own, 1));
        }
        boolean isTag = alone && !name.equals("$other");
        if (!isTag && place.put(t.key(), fields).answer().isRefused()) {
            // Names that begin with $ are refused: which there are is VAL-9.
            return;
        }
        Ops.readBack(t, place, "put", fields);
        Object inner = t.choose(INNERS);
        String whole = t.key();
        place.put(whole, alone ? Values.hash(name, inner) : Values.hash(name, inner, "more", 1))
                .ok();
        place.get(whole).is(alone ? Values.hash(name, inner) : Values.hash(name, inner, "more", 1));
    }

    private static final List<Object> INNERS = List.of(
            Values.list(1, 2),
            Values.list("a"),
            5,
            Values.hash("a", 1),
            Values.hash("$numberSet", Values.list(1)),
            Values.hash("$literal", Values.hash("x", 1)),
            Values.list());

    @Property(
            clause = "VAL-5",
            does =
                    "writes fields with names that are special somewhere (__proto__, constructor, dots, spaces, digits, emoji);"
                            + " where they are taken, they read back",
            skipped = "for a name that the backend refuses: which names there are is VAL-9, its own choice",
            lookAt = "names that are folded, normalised, taken for indexes or for arguments")
    void namesReadBack(Trial t) {
        Place place = t.inAnyStore();
        String way = t.choose("put", "patch");
        Map<String, @Nullable Object> fields = Values.hash();
        NAMES.forEach(name -> fields.put(name, name.length()));
        String all = t.key();
        Heard written = place.call(way, "key", all, "value", fields);
        if (!written.answer().isRefused() && Values.same(place.get(all).result(), fields)) {
            return;
        }
        for (String name : NAMES) {
            String key = t.key();
            if (place.call(way, "key", key, "value", Values.hash(name, 5, "x", 2))
                    .answer()
                    .isRefused()) {
                t.count("name refused");
            } else {
                place.get(key).is(Values.hash(name, 5, "x", 2));
                place.get(key, name).is(Values.hash(name, 5));
            }
        }
    }

    /** Not those that VAL-9 lists, which is this project's own: what may be refused or read otherwise there is advisory. */
    private static final List<String> NAMES = List.of(
            "A",
            "a",
            "é",
            "e\u0301",
            "\ud83d\ude00",
            "0",
            "1",
            "10",
            "2",
            "null",
            "undefined",
            "true",
            "_id",
            "id",
            "key",
            "value",
            "ttl",
            "version",
            "fields",
            "result",
            "-",
            "_",
            "a/b",
            "%41",
            "a:b",
            "#",
            "a+b",
            "日本",
            "Zz9");

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
        place.put(key, Values.hash("v", nested(31))).ok();
        place.get(key).is(Values.hash("v", nested(31)));
        place.put(key, Values.hash("v", nested(32))).isRefused("invalid_value");
        place.get(key).is(Values.hash("v", nested(31)));
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
