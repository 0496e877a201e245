package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Element;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter6ListsTest extends ContractTest {

    @Test
    @DisplayName("LIST-1: append and unshift add at the end and at the front, and create")
    void addsAtBothEnds() {
        kv.append("k", "l", 2);
        kv.append("k", "l", Map.of("x", List.of(1)));
        kv.unshift("k", "l", null);
        kv.unshift("k", "other", "a");
        assertThat(kv.get("k"))
                .isEqualTo(Hash.of("l", Arrays.asList(null, 2, Map.of("x", List.of(1))), "other", List.of("a")));
    }

    @Test
    @DisplayName("LIST-2: appendMulti and unshiftMulti keep the order given")
    void multiKeepsOrder() {
        kv.put("k", Hash.of("l", List.of(3)));
        kv.unshiftMulti("k", Map.of("l", List.of(1, 2)));
        kv.appendMulti("k", Map.of("l", List.of(4, 4, 5), "m", List.of("x")));
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of(1, 2, 3, 4, 4, 5), "m", List.of("x")));
    }

    @Test
    @DisplayName("LIST-3: shift returns and removes the first element; null is an element, nothing is not")
    void shift() {
        kv.put("k", Hash.of("l", Arrays.asList(null, "b")));
        assertThat(kv.shift("k", "l")).isEqualTo(Element.of(null));
        assertThat(kv.shift("k", "l")).isEqualTo(Element.of("b"));
        assertThat(kv.shift("k", "l")).isEqualTo(Element.nothing());
        assertThat(kv.shift("k", "missing")).isEqualTo(Element.nothing());
        assertThat(kv.shift("missing", "l")).isEqualTo(Element.nothing());
    }

    @Test
    @DisplayName("LIST-4: shiftMulti takes up to n from each; a missing one is []; nothing is created")
    void shiftMulti() {
        kv.put("k", Hash.of("l", List.of(1, 2, 3), "m", List.of(9)));
        assertThat(kv.shiftMulti("k", Map.of("l", 2, "m", 5, "zz", 1)))
                .isEqualTo(Map.of("l", List.of(1L, 2L), "m", List.of(9L), "zz", List.of()));
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of(3), "m", List.of()));
        assertThat(kv.shiftMulti("k", Map.of("l", 0))).isEqualTo(Map.of("l", List.of()));
        assertThat(kv.shiftMulti("missing", Map.of("l", 1))).isEqualTo(Map.of("l", List.of()));
        assertThat(kv.exists("missing")).isFalse();
        assertThat(kv.get("k").has("zz")).isFalse();
    }

    @Test
    @DisplayName("LIST-5: peek returns the same without removing, and nothing on what is no list")
    void peek() {
        kv.put("k", Hash.of("l", List.of(1, 2, 3), "s", NumberSet.of(1), "n", 5));
        long version = kv.snapshot("k").version();
        assertThat(kv.peek("k", "l")).isEqualTo(Element.of(1L));
        assertThat(kv.peekMulti("k", Map.of("l", 2, "s", 1, "n", 1, "zz", 1)))
                .isEqualTo(Map.of("l", List.of(1L, 2L), "s", List.of(), "n", List.of(), "zz", List.of()));
        assertThat(kv.peek("k", "s")).isEqualTo(Element.nothing());
        assertThat(kv.peek("k", "n")).isEqualTo(Element.nothing());
        assertThat(kv.peek("missing", "l")).isEqualTo(Element.nothing());
        assertThat(kv.exists("missing")).isFalse();
        assertThat(kv.snapshot("k").version()).isEqualTo(version);
    }

    @Test
    @DisplayName("LIST-6: on what is no list every other operation is wrong_type, a Multi all or nothing")
    void wrongType() {
        for (Object value : Arrays.asList("x", 1, false, null, Map.of(), NumberSet.of(1))) {
            kv.put("k", Hash.of("f", value, "l", List.of(1)));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.append("k", "f", 1));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.unshift("k", "f", 1));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.shift("k", "f"));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.appendMulti("k", Map.of("l", List.of(2), "f", List.of(2))));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.unshiftMulti("k", Map.of("l", List.of(2), "f", List.of(2))));
            refused(ErrorCode.WRONG_TYPE, "k", () -> kv.shiftMulti("k", Map.of("l", 1, "f", 1)));
        }
    }

    @Test
    @DisplayName("LIST-7: a list that was emptied is still there, empty")
    void emptied() {
        kv.put("k", Hash.of("l", List.of(1)));
        kv.shift("k", "l");
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of()));
    }

    @Test
    @DisplayName("LIST-9: a count is a whole number from 0 on")
    void counts() {
        kv.put("k", Hash.of("l", List.of(1)));
        refused(ErrorCode.INVALID_REQUEST, "k", () -> kv.shiftMulti("k", Map.of("l", -1)));
        refused(ErrorCode.INVALID_REQUEST, "k", () -> kv.peekMulti("k", Map.of("l", -1)));
        assertThat(kv.peekMulti("k", Map.of("l", Integer.MAX_VALUE))).isEqualTo(Map.of("l", List.of(1L)));
    }
}
