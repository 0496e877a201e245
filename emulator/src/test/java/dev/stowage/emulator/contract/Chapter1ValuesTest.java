package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter1ValuesTest extends ContractTest {

    private static final int LIMIT = 409_600;

    @Test
    @DisplayName("VAL-2, VAL-5, VAL-7: what is written reads back equal")
    void readsBackEqual() {
        Hash value = Hash.builder()
                .set("empty", "")
                .set("nul", "a\u0000b")
                .set("text", "é e\u0301 😀 \u2028 \uFFFD \"\\/\b\f\n\r\t\u007f")
                .set("yes", true)
                .set("no", false)
                .set("null", null)
                .set("zero", 0)
                .set("max", 9007199254740991L)
                .set("min", -9007199254740991L)
                .set("fraction", 0.1)
                .set("small", 5e-324)
                .set("large", 1.7976931348623157e308)
                .set("digits", 123456.789012345)
                .set("list", Arrays.asList(1, "a", null, List.of(), Arrays.asList(List.of(2))))
                .set("hash", Map.of("inner", Map.of()))
                .build();
        kv.put("k", value);
        assertThat(kv.get("k")).isEqualTo(value);
        assertThat(kv.get("k").has("null")).isTrue();
        storage.secrets().put("k", value);
        assertThat(storage.secrets().get("k")).isEqualTo(value);
        storage.settings().put("k", value);
        assertThat(storage.settings().get("k")).isEqualTo(value);
    }

    @Test
    @DisplayName("VAL-5: every Unicode scalar value reads back")
    void everyScalarValue() {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < 0x11_0000; c += c < 0x3000 ? 1 : 97) {
            if (c < 0xD800 || c > 0xDFFF) {
                text.appendCodePoint(c);
            }
        }
        kv.put("k", Hash.of("text", text.toString()));
        assertThat(kv.get("k").getString("text")).isEqualTo(text.toString());
    }

    @Test
    @DisplayName("VAL-5: random numbers read back exactly")
    void numbers() {
        long seed = 20260301;
        Random random = new Random(seed);
        List<Double> numbers = new ArrayList<>();
        while (numbers.size() < 2_000) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                numbers.add(number);
            }
        }
        kv.put("k", Hash.of("numbers", numbers));
        assertThat(kv.get("k")).as("seed %d", seed).isEqualTo(Hash.of("numbers", numbers));
    }

    @Test
    @DisplayName("VAL-3: a set is not a list, reads back as its kind, has no doubles")
    void sets() {
        kv.put("k", Hash.of("n", NumberSet.of(3, 1, 2, 1), "s", StringSet.of("b", "a", "b"), "l", List.of(1, 1)));
        Hash read = kv.get("k");
        assertThat(read.get("n")).isEqualTo(NumberSet.of(1, 2, 3));
        assertThat(read.get("s")).isEqualTo(StringSet.of("a", "b"));
        assertThat(read.get("l")).isEqualTo(List.of(1L, 1L)).isNotEqualTo(NumberSet.of(1));
        assertThat(NumberSet.of()).isNotEqualTo(StringSet.of());
    }

    @Test
    @DisplayName("VAL-3: members come in ascending order, strings by code point")
    void memberOrder() {
        kv.put("k", Hash.of("s", StringSet.of("\uFFFD", "😀", "a", "B", ""), "n", NumberSet.of(10, 9, -1, 0.5)));
        assertThat(kv.get("k").getStringSet("s")).containsExactly("", "B", "a", "\uFFFD", "😀");
        assertThat(kv.get("k").getNumberSet("n")).containsExactly(-1d, 0.5, 9d, 10d);
    }

    @Test
    @DisplayName("VAL-3: a hash that looks like a set on the wire stays a hash")
    void literals() {
        Hash value = Hash.builder()
                .set("a", Map.of("$numberSet", List.of(1)))
                .set("b", Map.of("$stringSet", List.of("x")))
                .set("c", Map.of("$literal", Map.of("$literal", Map.of("$numberSet", List.of()))))
                .set("d", Map.of("$literal", 1))
                .set("e", Map.of("$numberSet", List.of(1), "more", 1))
                .set("f", Hash.of("$literal", Hash.of("$numberSet", List.of(1)), "more", 1))
                .set("g", Hash.of("$literal", Hash.of("$literal", Hash.of("$numberSet", NumberSet.of(1))), "x", 1))
                .build();
        kv.put("k", value);
        assertThat(kv.get("k")).isEqualTo(value);
        for (String tag : List.of("$numberSet", "$stringSet", "$literal")) {
            kv.put("record", Hash.of(tag, List.of()));
            assertThat(kv.get("record")).isEqualTo(Hash.of(tag, List.of()));
            assertThat(kv.increment("counters" + tag, tag)).isEqualTo(1);
            assertThat(kv.incrementMulti("counters" + tag, Map.of(tag, 1))).isEqualTo(Map.of(tag, 2d));
        }
    }

    @Test
    @DisplayName("VAL-4: the base stores hold no sets")
    void noSetsInBaseStores() {
        Hash nested = Hash.of("list", List.of(Map.of("set", StringSet.of("x"))));
        for (Hash value : List.of(Hash.of("s", NumberSet.of(1)), nested)) {
            refused(ErrorCode.INVALID_VALUE, () -> storage.secrets().put("k", value));
            refused(ErrorCode.INVALID_VALUE, () -> storage.settings().patch("k", value));
        }
        assertThat(storage.secrets().exists("k")).isFalse();
        assertThat(storage.settings().exists("k")).isFalse();
    }

    @Test
    @DisplayName("VAL-6: numbers are equal by value; NaN and infinities are none")
    void numbersByValue() {
        kv.put("k", Hash.of("a", 1.0, "b", -0.0, "c", 1e0f));
        assertThat(kv.get("k")).isEqualTo(Hash.of("a", 1, "b", 0, "c", 1));
        assertThat(kv.addNumber("k", "s", 1)).isTrue();
        assertThat(kv.addNumber("k", "s", 1.0)).isFalse();
        assertThat(kv.addNumber("k", "s", -0.0)).isTrue();
        assertThat(kv.addNumber("k", "s", 0)).isFalse();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            refused(ErrorCode.INVALID_VALUE, "k", () -> kv.put("k", Hash.of("x", bad)));
            refused(ErrorCode.INVALID_VALUE, "k", () -> kv.addNumber("k", "s", bad));
        }
        kv.put("huge", Hash.of("n", 1e308));
        refused(ErrorCode.INVALID_VALUE, "huge", () -> kv.increment("huge", "n", 1e308));
    }

    @Test
    @DisplayName("VAL-8: a record of exactly 409,600 bytes is taken, one byte more is not")
    void sizeLimit() {
        for (String key : List.of("k", "ключ", "\"\\\n")) {
            int overhead =
                    json("\"" + key.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"")
                            + json("{\"t\":\"\"}");
            String fits = "x".repeat(LIMIT - overhead);
            kv.put(key, Hash.of("t", fits));
            StorageException refusal =
                    refused(ErrorCode.RECORD_TOO_LARGE, key, () -> kv.put(key, Hash.of("t", fits + "x")));
            assertThat(refusal).hasMessageContaining("409601").hasMessageContaining("409600");
            String inEmoji = "😀".repeat((LIMIT - overhead) / 4);
            kv.put(key, Hash.of("t", inEmoji));
            refused(ErrorCode.RECORD_TOO_LARGE, key, () -> kv.put(key, Hash.of("t", inEmoji + "xxxx")));
        }
    }

    private static int json(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    @DisplayName("VAL-8: whichever operation grew it")
    void sizeLimitEverywhere() {
        String large = "x".repeat(LIMIT - 100);
        kv.put("k", Hash.of("t", large, "l", List.of(), "s", StringSet.of()));
        String more = "y".repeat(100);
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.patch("k", Hash.of("u", more)));
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.patch("k", current -> current.with("u", more)));
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.append("k", "l", more));
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.unshiftMulti("k", Map.of("l", List.of(more))));
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.addString("k", "s", more));
        refused(ErrorCode.RECORD_TOO_LARGE, "k", () -> kv.increment("k", more));
        storage.secrets().put("k", Hash.of("t", large));
        refused(ErrorCode.RECORD_TOO_LARGE, () -> storage.secrets().patch("k", Hash.of("u", more)));
        assertThat(storage.secrets().get("k")).isEqualTo(Hash.of("t", large));
    }

    @Test
    @DisplayName("VAL-9: 32 levels are taken, 33 are not; append counts them as well")
    void nesting() {
        Hash deepest = Hash.of("x", 1);
        for (int level = 2; level <= 32; level++) {
            deepest = Hash.of("x", deepest);
        }
        kv.put("k", deepest);
        assertThat(kv.get("k")).isEqualTo(deepest);
        Hash full = deepest;
        assertThatThrownBy(() -> Hash.of("x", full)).isInstanceOf(StorageException.class);
        refused(ErrorCode.INVALID_VALUE, "k", () -> kv.put("k", Hash.of("x", full)));
        refused(ErrorCode.INVALID_VALUE, "list", () -> kv.append("list", "l", full));
        List<Object> lists = new ArrayList<>();
        for (int level = 3; level <= 32; level++) {
            lists = new ArrayList<>(List.of(lists));
        }
        kv.put("lists", Hash.of("l", lists));
        List<Object> oneMore = List.of(lists);
        refused(ErrorCode.INVALID_VALUE, "lists", () -> kv.put("lists", Hash.of("l", oneMore)));
    }

    @Test
    @DisplayName("VAL-9: field names are non-empty; __proto__ and its kind are ordinary")
    void fieldNames() {
        Hash odd = Hash.from(Map.of(
                "__proto__",
                Map.of("x", 1),
                "constructor",
                1,
                "toString",
                2,
                "a.b",
                3,
                "a b",
                4,
                "\"'",
                5,
                "$x",
                6,
                "é",
                7));
        kv.put("k", odd);
        assertThat(kv.get("k")).isEqualTo(odd);
        assertThat(kv.get("k", List.of("__proto__"))).isEqualTo(Hash.of("__proto__", Map.of("x", 1)));
        assertThat(kv.increment("n", "__proto__")).isEqualTo(1);
        assertThat(kv.get("n", List.of("constructor"))).isEqualTo(Hash.empty());
        refused(ErrorCode.INVALID_VALUE, "k", () -> kv.put("k", Hash.of("", 1)));
        refused(ErrorCode.INVALID_VALUE, "k", () -> kv.increment("k", ""));
    }

    @Test
    @DisplayName("VAL-10: what goes in and what comes out belongs to the caller")
    void privateCopies() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, @Nullable Object> map = new HashMap<>(Map.of("l", list));
        Hash value = Hash.from(map);
        kv.put("k", value);
        list.add(2);
        map.put("m", 1);
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of(1)));
        assertThatThrownBy(() -> kv.get("k").asMap().put("m", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> kv.get("k").getList("l").add(2)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of(1)));
    }
}
