package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter2KeysTest extends ContractTest {

    @Test
    @DisplayName("KEY-1: a secrets key is segments of letters, digits, _ and -, joined by /")
    void secretsKeys() {
        for (String key : List.of("a", "A/b/C", "0", "_-/-_", "x".repeat(2_000), "a/" + "b/".repeat(500) + "c")) {
            storage.secrets().put(key, Hash.of("v", 1));
            assertThat(storage.secrets().get(key)).isEqualTo(Hash.of("v", 1));
        }
        for (String key : List.of("", "/", "/a", "a/", "a//b", "a b", "a.b", "é", "a\n", "a:b", "a%2Fb", "😀")) {
            refused(ErrorCode.INVALID_KEY, () -> storage.secrets().put(key, Hash.of("v", 1)));
            refused(ErrorCode.INVALID_KEY, () -> storage.secrets().get(key));
            refused(ErrorCode.INVALID_KEY, () -> storage.secrets().patch(key, current -> current));
        }
    }

    @Test
    @DisplayName("KEY-2: elsewhere any non-empty string of at most 1,024 bytes of UTF-8")
    void otherKeys() {
        for (String key :
                List.of(" ", "a/b|c:d%e", "😀", "\u0000", "\n", "x".repeat(1_024), "é".repeat(512), "😀".repeat(256))) {
            kv.put(key, Hash.of("v", 1));
            assertThat(kv.get(key)).isEqualTo(Hash.of("v", 1));
            assertThat(storage.settings().put(key, Hash.of("v", 1))).isTrue();
            storage.sharedKvStore().put(key, Hash.of("v", 1));
        }
        for (String key : List.of("", "x".repeat(1_025), "é".repeat(512) + "x", "😀".repeat(256) + "x")) {
            refused(ErrorCode.INVALID_KEY, () -> kv.put(key, Hash.of("v", 1)));
            refused(ErrorCode.INVALID_KEY, () -> kv.increment(key, "n"));
            refused(ErrorCode.INVALID_KEY, () -> storage.settings().get(key));
            refused(ErrorCode.INVALID_KEY, () -> storage.sharedKvStore().exists(key));
        }
    }

    @Test
    @DisplayName("KEY-3: keys are compared code point by code point")
    void exactComparison() {
        List<String> keys = List.of("a", "A", " a", "a ", "é", "e\u0301", "\u212B", "\u00C5", "ﬁ", "fi");
        for (String key : keys) {
            assertThat(kv.put(key, Hash.of("v", key))).isEqualTo(Hash.empty());
        }
        for (String key : keys) {
            assertThat(kv.get(key)).isEqualTo(Hash.of("v", key));
        }
    }
}
