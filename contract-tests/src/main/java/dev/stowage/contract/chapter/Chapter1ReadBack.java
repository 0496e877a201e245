package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 1: what is written reads back equal (VAL-5). */
final class Chapter1ReadBack {

    @Property(
            clause = "VAL-5",
            does = "writes strings near every edge (empty, U+0000, beyond the BMP, not normalised, white"
                    + " space, what looks like"
                    + " markup or a number) wherever a value can be a string, and reads them back",
            lookAt = "every step that decodes, escapes, trims or normalises text",
            share = 50)
    void stringsReadBack(Trial t) {
        StoreClient client = t.anyStore();
        String text = t.draw(Generators.STRING);
        Map<String, @Nullable Object> record =
                SuiteValues.hash("s", text, "l", SuiteValues.list(text, text), "h", SuiteValues.hash("s", text));
        String key = t.key();
        client.put(key, record).succeeds();
        client.get(key).hasResult(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes one character of each region of Unicode, alone and among others, and reads it back",
            lookAt = "the encoding of that character: UTF-8 of four bytes, controls, byte order marks, private use")
    void everyKindOfCharacterReadsBack(Trial t) {
        StoreClient client = t.anyStore();
        String way = t.choose("put", "patch");
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        for (int point : CODE_POINTS) {
            String alone = Character.toString(point);
            fields.put(
                    String.format(Locale.ROOT, "u%04x", point),
                    SuiteValues.list(alone, "a" + alone + alone + "b", alone + "z"));
        }
        OperationCatalog.assertReadsBack(t, client, way, fields);
    }

    private static final int[] CODE_POINTS = {
        0x0, 0x1F600, 0x1, 0x8, 0x9, 0xA, 0xD, 0x1F, 0x7F, 0x80, 0x85, 0xA0, 0xE9, 0x300, 0x200B, 0x200E, 0x2028,
        0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1D11E, 0xF0000, 0x10FFFF
    };

    @Property(
            clause = "VAL-5",
            does = "writes every string and every number of the suite's list of edges, by put, patch, append"
                    + " and as members of"
                    + " sets, and reads them back",
            lookAt = "the operation that encodes values differently from the others")
    void edgesReadBack(Trial t) {
        StoreClient client = t.anyStore();
        boolean strings = t.choose(true, false);
        List<?> edges = strings ? Generators.EDGE_STRINGS : Generators.EDGE_NUMBERS;
        String way = client.isKeyValue() ? t.choose("put", "append", "add", "patch") : t.choose("put", "patch");
        String key = t.key();
        switch (way) {
            case "append" -> {
                client.multiOperation("appendMulti", key, "l", edges).succeeds();
                client.get(key).hasResult(SuiteValues.hash("l", edges));
            }
            case "add" -> {
                SetValue.Kind kind = strings ? SetValue.Kind.STRING : SetValue.Kind.NUMBER;
                client.setOperationMulti("add", kind, key, Map.of("s", edges))
                        .hasResult(SuiteValues.hash("s", new SetValue(kind, edges)));
                client.get(key).hasResult(SuiteValues.hash("s", new SetValue(kind, edges)));
            }
            default -> OperationCatalog.assertReadsBack(t, client, way, OperationCatalog.asFields(edges));
        }
    }

    @Property(
            clause = "VAL-5",
            does = "writes numbers near every edge, integers up to 2^53−1 among them, and reads back the same"
                    + " numbers, as"
                    + " numbers",
            lookAt = "the number type: 32 bits, single precision, a string, rounding",
            share = 50)
    void numbersReadBack(Trial t) {
        StoreClient client = t.anyStore();
        Number number = t.draw(Generators.NUMBER);
        Map<String, @Nullable Object> record =
                SuiteValues.hash("n", number, "l", SuiteValues.list(number, 0), "h", SuiteValues.hash("n", number));
        String key = t.key();
        client.put(key, record).succeeds();
        client.get(key).hasResult(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes whole records of any values and reads them back",
            lookAt = "the value that changed")
    void recordsReadBack(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> record = t.draw(Generators.HASH);
        String key = t.key();
        client.put(key, record).succeeds();
        client.get(key).hasResult(record);
    }

    @Property(
            clause = "VAL-5",
            does = "writes a record of many fields, a long list, a long string, and deep nesting, and reads"
                    + " them back",
            lookAt = "undocumented limits of length and depth",
            share = 40)
    void largeValuesReadBack(Trial t) {
        StoreClient client = t.anyStore();
        Object value = switch (t.choose("fields", "list", "text", "depth", "emoji", "doubles")) {
            case "fields" -> manyFields(300);
            case "list" ->
                new ArrayList<>(
                        java.util.stream.IntStream.range(0, 1_500).boxed().toList());
            case "text" -> "0123456789".repeat(7_000);
            case "emoji" -> "\ud83d\ude00日é".repeat(4_000);
            case "doubles" -> new ArrayList<>(java.util.Collections.nCopies(600, "same"));
            default -> OperationCatalog.nested(12);
        };
        String key = t.key();
        client.put(key, SuiteValues.hash("v", value)).succeeds();
        client.get(key).hasResult(SuiteValues.hash("v", value));
    }

    private static Map<String, @Nullable Object> manyFields(int count) {
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        for (int i = 0; i < count; i++) {
            fields.put("field-" + i, i);
        }
        return fields;
    }

    @Property(
            clause = "VAL-5",
            does = "writes a user's own hashes whose only member is called $numberSet, $stringSet or $literal;"
                    + " they read back unchanged",
            lookAt = "the $literal around such a hash: removed in requests and added in responses, at every level")
    void literalsReadBack(Trial t) {
        StoreClient client = t.anyStore();
        String name = t.choose("$numberSet", "$stringSet", "$literal", "$other");
        boolean alone = t.choose(true, false);
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        for (Object inner : INNERS) {
            Map<String, @Nullable Object> own =
                    alone ? SuiteValues.hash(name, inner) : SuiteValues.hash(name, inner, "more", 1);
            fields.put("f" + fields.size(), own);
            fields.put("f" + fields.size(), SuiteValues.list(own, 1));
        }
        boolean isTag = alone && !name.equals("$other");
        if (!isTag && client.put(t.key(), fields).actual().isRefused()) {
            // Names that begin with $ are refused; which names are allowed is VAL-9.
            return;
        }
        OperationCatalog.assertReadsBack(t, client, "put", fields);
        Object inner = t.choose(INNERS);
        String whole = t.key();
        client.put(whole, alone ? SuiteValues.hash(name, inner) : SuiteValues.hash(name, inner, "more", 1))
                .succeeds();
        client.get(whole).hasResult(alone ? SuiteValues.hash(name, inner) : SuiteValues.hash(name, inner, "more", 1));
    }

    private static final List<Object> INNERS = List.of(
            SuiteValues.list(1, 2),
            SuiteValues.list("a"),
            5,
            SuiteValues.hash("a", 1),
            SuiteValues.hash("$numberSet", SuiteValues.list(1)),
            SuiteValues.hash("$literal", SuiteValues.hash("x", 1)),
            SuiteValues.list());

    @Property(
            clause = "VAL-5",
            does = "writes fields with names that are special somewhere (__proto__, constructor, dots, spaces,"
                    + " digits, emoji);"
                    + " names that are accepted read back",
            skipped = "for names that the backend refuses: which names are allowed is VAL-9",
            lookAt = "names that are folded, normalised, or misread as indexes or arguments")
    void namesReadBack(Trial t) {
        StoreClient client = t.anyStore();
        String way = t.choose("put", "patch");
        Map<String, @Nullable Object> fields = SuiteValues.hash();
        NAMES.forEach(name -> fields.put(name, name.length()));
        String all = t.key();
        ResponseAssert written = client.call(way, "key", all, "value", fields);
        if (!written.actual().isRefused()
                && SuiteValues.areEqual(client.get(all).result(), fields)) {
            return;
        }
        for (String name : NAMES) {
            String key = t.key();
            if (client.call(way, "key", key, "value", SuiteValues.hash(name, 5, "x", 2))
                    .actual()
                    .isRefused()) {
                t.count("name refused");
            } else {
                client.get(key).hasResult(SuiteValues.hash(name, 5, "x", 2));
                client.get(key, name).hasResult(SuiteValues.hash(name, 5));
            }
        }
    }

    /** Without the names that VAL-9 lists, because VAL-9 is advisory. */
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
}
