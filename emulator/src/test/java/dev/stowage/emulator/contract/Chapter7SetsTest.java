package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter7SetsTest extends ContractTest {

    @Test
    @DisplayName("SET-1: add returns true if the value is new, and creates")
    void add() {
        assertThat(kv.addNumber("k", "n", 1)).isTrue();
        assertThat(kv.addNumber("k", "n", 1)).isFalse();
        assertThat(kv.addString("k", "s", "")).isTrue();
        assertThat(kv.addString("k", "s", "")).isFalse();
        assertThat(kv.addString("k", "s", "A")).isTrue();
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", NumberSet.of(1), "s", StringSet.of("", "A")));
    }

    @Test
    @DisplayName("SET-2: add…Multi returns per field what was new; a value given twice is one")
    void addMulti() {
        kv.put("k", Hash.of("n", NumberSet.of(1)));
        assertThat(kv.addNumberMulti("k", Map.of("n", List.of(1, 2, 2), "m", List.of(5))))
                .isEqualTo(Map.of("n", NumberSet.of(2), "m", NumberSet.of(5)));
        assertThat(kv.addStringMulti("k", Map.of("s", List.of("a", "b", "a"))))
                .isEqualTo(Map.of("s", StringSet.of("a", "b")));
        assertThat(kv.addNumberMulti("k", Map.of("n", List.of(1, 2)))).isEqualTo(Map.of("n", NumberSet.of()));
    }

    @Test
    @DisplayName("SET-3: remove returns what was a member and is no longer, and creates nothing")
    void remove() {
        kv.put("k", Hash.of("n", NumberSet.of(1, 2, 3), "s", StringSet.of("a")));
        assertThat(kv.removeNumber("k", "n", 1)).isTrue();
        assertThat(kv.removeNumber("k", "n", 1)).isFalse();
        assertThat(kv.removeNumberMulti("k", Map.of("n", List.of(2, 9), "zz", List.of(1))))
                .isEqualTo(Map.of("n", NumberSet.of(2), "zz", NumberSet.of()));
        assertThat(kv.removeStringMulti("k", Map.of("s", List.of("a")))).isEqualTo(Map.of("s", StringSet.of("a")));
        assertThat(kv.removeString("missing", "s", "a")).isFalse();
        assertThat(kv.exists("missing")).isFalse();
        assertThat(kv.get("k").has("zz")).isFalse();
    }

    @Test
    @DisplayName("SET-4: has returns membership, and creates nothing")
    void has() {
        kv.put("k", Hash.of("n", NumberSet.of(1, 2), "s", StringSet.of("a")));
        assertThat(kv.hasNumber("k", "n", 1)).isTrue();
        assertThat(kv.hasNumber("k", "n", 3)).isFalse();
        assertThat(kv.hasString("k", "s", "a")).isTrue();
        assertThat(kv.hasString("k", "s", "A")).isFalse();
        assertThat(kv.hasNumberMulti("k", Map.of("n", List.of(2, 3), "zz", List.of(1))))
                .isEqualTo(Map.of("n", NumberSet.of(2), "zz", NumberSet.of()));
        assertThat(kv.hasStringMulti("missing", Map.of("s", List.of("a")))).isEqualTo(Map.of("s", StringSet.of()));
        assertThat(kv.exists("missing")).isFalse();
    }

    @Test
    @DisplayName("SET-5: the two kinds are kept apart, from lists too; a Multi is all or nothing")
    void kinds() {
        for (Object value : Arrays.asList("x", 1, null, List.of(), List.of("a"), Map.of(), StringSet.of())) {
            kv.put("k", Hash.of("f", value, "n", NumberSet.of(1)));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.addNumber("k", "f", 1));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.removeNumber("k", "f", 1));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.hasNumber("k", "f", 1));
            refused(
                    ErrorCode.WRONG_TYPE,
                    "k",
                    () -> kv.addNumberMulti("k", Map.of("n", List.of(2), "f", List.of(2), "zz", List.of(2))));
            refused(
                    ErrorCode.WRONG_TYPE,
                    "k",
                    () -> kv.removeNumberMulti("k", Map.of("n", List.of(1), "f", List.of(2))));
        }
        kv.put("k", Hash.of("f", NumberSet.of(1)));
        StorageException refusal = refused(ErrorCode.WRONG_TYPE, "k", () -> kv.addString("k", "f", "a"));
        assertThat(refusal).hasMessageContaining("Cannot operate on a NumberSet as a StringSet");
        refused(ErrorCode.WRONG_TYPE, "k", () -> kv.hasString("k", "f", "a"));
        refused(ErrorCode.WRONG_TYPE, "k", () -> kv.append("k", "f", 1));
    }

    @Test
    @DisplayName("SET-6: a set that was emptied keeps its place and its kind")
    void emptied() {
        kv.put("k", Hash.of("n", NumberSet.of(1)));
        kv.removeNumber("k", "n", 1);
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", NumberSet.of()));
        refused(ErrorCode.WRONG_TYPE, "k", () -> kv.addString("k", "n", "a"));
    }
}
