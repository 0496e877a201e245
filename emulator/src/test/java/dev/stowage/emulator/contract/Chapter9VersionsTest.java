package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter9VersionsTest extends ContractTest {

    @Test
    @DisplayName("LIN-2: every write changes the version, no read does, none is used twice")
    void versions() {
        List<Long> seen = new ArrayList<>();
        List<Runnable> writes = List.of(
                () -> kv.put("k", Hash.of("n", 1, "l", List.of(1))),
                () -> kv.put("k", Hash.of("n", 1, "l", List.of(1))),
                () -> kv.patch("k", Hash.of("n", 1)),
                () -> kv.patch("k", current -> current),
                () -> kv.increment("k", "n", 0),
                () -> kv.append("k", "l", 1),
                () -> kv.shift("k", "l"),
                () -> kv.addNumber("k", "s", 1),
                () -> kv.removeNumber("k", "s", 1),
                () -> kv.delete("k", List.of("n")),
                () -> {
                    kv.delete("k");
                    kv.put("k", Hash.empty(), Duration.ofSeconds(5));
                },
                () -> {
                    advance(10);
                    kv.put("k", Hash.empty());
                });
        for (Runnable write : writes) {
            write.run();
            seen.add(kv.snapshot("k").version());
            kv.get("k", List.of("n"));
            kv.exists("k");
            kv.peek("k", "l");
            kv.hasNumber("k", "s", 1);
            assertThat(kv.snapshot("k").version()).isEqualTo(seen.get(seen.size() - 1));
        }
        assertThat(seen).doesNotHaveDuplicates().allMatch(version -> version > 0);
    }

    @Test
    @DisplayName("LIN-2: a write that names a version takes effect only if it is current; 0 is no record")
    void conditional() {
        long first = kv.putIfVersion("k", Hash.of("n", 1), 0);
        assertThat(kv.snapshot("k").version()).isEqualTo(first);
        refused(ErrorCode.VERSION_CONFLICT, "k", () -> kv.putIfVersion("k", Hash.of("n", 2), 0));
        long second = kv.putIfVersion("k", Hash.of("n", 2), first);
        StorageException refusal =
                refused(ErrorCode.VERSION_CONFLICT, "k", () -> kv.putIfVersion("k", Hash.of("n", 3), first));
        assertThat(refusal).hasMessageContaining(String.valueOf(second));
        refused(ErrorCode.VERSION_CONFLICT, "k", () -> kv.deleteIfVersion("k", first));
        kv.deleteIfVersion("k", second);
        assertThat(kv.exists("k")).isFalse();
        refused(ErrorCode.VERSION_CONFLICT, "k", () -> kv.putIfVersion("k", Hash.of("n", 3), second));
        kv.deleteIfVersion("k", 0);
        assertThat(storage.secrets().putIfVersion("k", Hash.empty(), 0)).isPositive();
        refused(ErrorCode.VERSION_CONFLICT, () -> storage.secrets().putIfVersion("k", Hash.empty(), 0));
    }

    @Test
    @DisplayName("LIN-2: a conditional put that keeps the ttl keeps it")
    void keepTtl() {
        kv.put("k", Hash.of("n", 1), Duration.ofSeconds(60));
        kv.putIfVersion("k", Hash.of("n", 2), kv.snapshot("k").version(), Ttl.keep());
        assertThat(kv.snapshot("k").ttl()).contains(Duration.ofSeconds(60));
    }
}
