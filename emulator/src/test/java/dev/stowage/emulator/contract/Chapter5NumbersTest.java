package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter5NumbersTest extends ContractTest {

    @Test
    @DisplayName("INC-1: increment adds and returns the value after it")
    void adds() {
        kv.put("k", Hash.of("n", 1));
        assertThat(kv.increment("k", "n")).isEqualTo(2);
        assertThat(kv.increment("k", "n", -5)).isEqualTo(-3);
        assertThat(kv.increment("k", "n", 0)).isEqualTo(-3);
        assertThat(kv.increment("k", "n", 0.25)).isEqualTo(-2.75);
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", -2.75));
    }

    @Test
    @DisplayName("INC-1: sums are those of doubles")
    void doubles() {
        kv.increment("k", "n", 0.1);
        assertThat(kv.increment("k", "n", 0.2)).isEqualTo(0.1 + 0.2);
        kv.put("big", Hash.of("n", 9007199254740991L));
        assertThat(kv.increment("big", "n")).isEqualTo(9007199254740992d);
    }

    @Test
    @DisplayName("INC-2: a missing record or field is created with the amount")
    void creates() {
        assertThat(kv.increment("k", "n", 7)).isEqualTo(7);
        assertThat(kv.increment("k", "m")).isEqualTo(1);
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 7, "m", 1));
    }

    @Test
    @DisplayName("INC-3: a field that is no number is wrong_type, and the record is as it was")
    void wrongType() {
        for (Object value : Arrays.asList("10", "", true, null, List.of(1), Map.of(), NumberSet.of(1))) {
            kv.put("k", Hash.of("n", value));
            StorageException refusal = refused(ErrorCode.WRONG_TYPE, "k", () -> kv.increment("k", "n"));
            assertThat(refusal)
                    .hasMessageContaining("'n'")
                    .hasMessageContaining("'k'")
                    .hasMessageContaining("kvStore");
        }
    }

    @Test
    @DisplayName("INC-4: incrementMulti returns every named field, all or nothing")
    void multi() {
        kv.put("k", Hash.of("a", 1, "text", "x"));
        assertThat(kv.incrementMulti("k", Map.of("a", 2, "b", -1.5))).isEqualTo(Map.of("a", 3d, "b", -1.5));
        refused(ErrorCode.WRONG_TYPE, "k", () -> kv.incrementMulti("k", Map.of("a", 1, "text", 1, "c", 1)));
        assertThat(kv.incrementMulti("missing", Map.of())).isEmpty();
        assertThat(kv.exists("missing")).isFalse();
    }
}
