package dev.stowage.contract.generator;

import dev.stowage.contract.call.SetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Generators of values, with edge cases more often than by chance. */
public final class Generators {

    /** Strings that are often misread, escaped or normalised. */
    public static final List<String> EDGE_STRINGS = List.of(
            "",
            " ",
            "0",
            "1",
            "false",
            "true",
            "null",
            "undefined",
            "NaN",
            "a",
            "A",
            " a ",
            "\t\n\r",
            "\u0000",
            "a\u0000b",
            "\u0001\u001f\u007f",
            "\u0085\u2028\u2029",
            "\ufeff",
            "\ufeffa",
            "\u00e9",
            "e\u0301",
            "\u00df",
            "\u0130",
            "日本語",
            "\ud83d\ude00",
            "a\ud83d\ude00b",
            "\ud834\udd1e",
            "\udbff\udfff",
            "\uffff",
            "\ufffd",
            "\\",
            "\\u0041",
            "\"",
            "'",
            "`",
            "/",
            "</script>",
            "<b>&amp;",
            "%00",
            "%41",
            "+",
            "${x}",
            "{}",
            "[]",
            "$numberSet",
            "$literal",
            "__proto__",
            "constructor",
            "2026-01-31T12:00:00Z",
            "1e5",
            "1.0",
            "-0",
            "0x10",
            "12345678901234567890",
            "a,b",
            "a:b",
            "a|b");

    /** Numbers at the limits of common number types. The contract requires each of them exactly (VAL-5). */
    public static final List<Number> EDGE_NUMBERS = List.of(
            0,
            1,
            -1,
            2,
            10,
            127,
            128,
            255,
            256,
            32767,
            32768,
            65536,
            2147483647,
            2147483648L,
            -2147483648L,
            -2147483649L,
            4294967296L,
            1700000000000L,
            9007199254740991L,
            -9007199254740991L,
            9007199254740990L,
            0.5,
            -0.5,
            0.1,
            1.5,
            3.14159265358979,
            123456.789,
            -0.001,
            1e-7,
            1e15,
            1.5e300,
            1e-300,
            1.7976931348623e308);

    private static final Generator<String> FIELD = Generator.of("a", "b", "c", "d");
    private static final Arbitrary<String> SHORT_TEXT = Arbitraries.strings()
            .withChars('a', 'b', 'Z', '0', ' ', '\u00e9', '\u65e5', '"', '\\')
            .ofMaxLength(8);
    private static final Arbitrary<String> STRINGS =
            Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(EDGE_STRINGS)), Tuple.of(2, SHORT_TEXT));
    private static final Arbitrary<Number> NUMBERS = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(EDGE_NUMBERS)),
            Tuple.of(1, Arbitraries.integers().between(-1000, 1000).map(i -> (Number) i)),
            Tuple.of(
                    1,
                    Arbitraries.longs()
                            .between(-9007199254740991L, 9007199254740991L)
                            .map(i -> (Number) i)));
    private static final Arbitrary<Integer> SMALL = Arbitraries.of(0, 1, 2, 3, -1, 7, 10, 100);

    /** Falsy values come often. */
    private static final Arbitrary<Object> PLAIN = Arbitraries.frequencyOf(
            Tuple.of(
                    3,
                    Arbitraries.of(Arrays.<Object>asList(1, 0, "", false, true, "x", "0"))
                            .injectNull(0.15)),
            Tuple.of(2, STRINGS.map(text -> (Object) text)),
            Tuple.of(2, NUMBERS.map(number -> (Object) number)));

    private static final Arbitrary<List<Object>> LISTS = Arbitraries.lazyOf(
            () -> PLAIN.list().ofMaxSize(4),
            () -> Arbitraries.of(Arrays.<Object>asList(1, 2, "a")).list().ofMaxSize(5),
            () -> nested().list().ofMaxSize(3));
    private static final Arbitrary<Map<String, Object>> SMALL_HASHES = Arbitraries.maps(
                    Arbitraries.of("a", "b", "c", "d"), PLAIN)
            .ofMinSize(1)
            .ofMaxSize(3);

    private static Arbitrary<Object> nested() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, PLAIN),
                Tuple.of(1, Arbitraries.lazy(() -> LISTS).map(list -> (Object) list)),
                Tuple.of(
                        1,
                        Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.lazy(Generators::nested))
                                .ofMaxSize(2)
                                .map(map -> (Object) map)));
    }

    /** Any plain value. */
    public static final Generator<Object> PLAIN_VALUE = new Generator<>(PLAIN);

    /** Any value without a set in it. */
    public static final Generator<Object> VALUE = new Generator<>(Arbitraries.frequencyOf(
            Tuple.of(2, PLAIN), Tuple.of(1, LISTS.map(list -> (Object) list)), Tuple.of(1, SMALL_HASHES.map(hash ->
                    (Object) hash))));

    /** Any string of whole characters. */
    public static final Generator<String> STRING = new Generator<>(STRINGS);

    /** Any number that the contract requires exactly (VAL-5). */
    public static final Generator<Number> NUMBER = new Generator<>(NUMBERS);

    /** Numbers that add up to exact sums. */
    public static final Generator<Integer> AMOUNT = new Generator<>(SMALL);

    /** A field's name. */
    public static final Generator<String> NAME = FIELD;

    /** A non-empty record without sets. */
    public static final Generator<Map<String, Object>> HASH = new Generator<>(Arbitraries.maps(
                    Arbitraries.of("a", "b", "c", "d"),
                    Arbitraries.frequencyOf(
                            Tuple.of(2, PLAIN),
                            Tuple.of(1, LISTS.map(list -> (Object) list)),
                            Tuple.of(1, SMALL_HASHES.map(hash -> (Object) hash))))
            .ofMinSize(1)
            .ofMaxSize(4));

    /** A list with elements, often the same one twice. */
    public static final Generator<List<Object>> LIST = new Generator<>(Arbitraries.oneOf(
            PLAIN.list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.of(Arrays.<Object>asList(1, 2, "a")).list().ofMinSize(2).ofMaxSize(5)));

    /** A NumberSet's members, each once. */
    public static final Generator<List<Object>> NUMBER_MEMBERS = new Generator<>(
            Arbitraries.of(EDGE_NUMBERS.stream().map(number -> (Object) number).toList())
                    .set()
                    .ofMinSize(1)
                    .ofMaxSize(5)
                    .map(ArrayList::new));

    /** A StringSet's members, each once. */
    public static final Generator<List<Object>> STRING_MEMBERS = new Generator<>(
            STRINGS.map(text -> (Object) text).set().ofMinSize(1).ofMaxSize(5).map(ArrayList::new));

    private Generators() {}

    /** Members of a set of that kind. */
    public static Generator<List<Object>> members(SetValue.Kind kind) {
        return kind == SetValue.Kind.NUMBER ? NUMBER_MEMBERS : STRING_MEMBERS;
    }

    /** A copy in which the first element is repeated. */
    public static List<@Nullable Object> withDuplicate(List<? extends @Nullable Object> list) {
        List<@Nullable Object> doubled = new ArrayList<>(list);
        doubled.add(1, list.get(0));
        return doubled;
    }

    /** A copy of a hash with one field more. */
    public static Map<String, @Nullable Object> with(
            Map<String, ? extends @Nullable Object> hash, String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(hash);
        more.put(field, value);
        return more;
    }
}
