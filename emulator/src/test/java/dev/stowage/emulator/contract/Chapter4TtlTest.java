package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter4TtlTest extends ContractTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    private Optional<Duration> ttl(String key) {
        return kv.snapshot(key).ttl();
    }

    @Test
    @DisplayName("TTL-1: put, patch, increment and incrementMulti take a ttl, counted from the operation")
    void fourOperations() {
        kv.put("put", Hash.of("a", 1), MINUTE);
        kv.patch("patch", Hash.of("a", 1), Ttl.of(MINUTE));
        kv.increment("inc", "a", 1, Ttl.of(MINUTE));
        kv.incrementMulti("multi", Map.of("a", 1), Ttl.of(MINUTE));
        advance(20);
        kv.patch("updater", (current, ttl) -> Hash.of("a", 1), Ttl.of(MINUTE));
        for (String key : List.of("put", "patch", "inc", "multi")) {
            assertThat(ttl(key)).contains(Duration.ofSeconds(40));
        }
        assertThat(ttl("updater")).contains(MINUTE);
        advance(42);
        for (String key : List.of("put", "patch", "inc", "multi")) {
            assertThat(kv.exists(key)).isFalse();
        }
        assertThat(kv.exists("updater")).isTrue();
    }

    @Test
    @DisplayName("TTL-2: an expired record behaves in every operation as one that never existed")
    void expired() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            keys.add("k" + i);
            kv.put("k" + i, Hash.of("n", 5, "l", List.of(1), "gone", true), Duration.ofSeconds(10));
        }
        advance(12);
        assertThat(kv.get("k0")).isEqualTo(Hash.empty());
        assertThat(kv.snapshot("k0").version()).isZero();
        assertThat(kv.exists("k1")).isFalse();
        assertThat(kv.put("k2", Hash.of("a", 1))).isEqualTo(Hash.empty());
        assertThat(kv.patch("k3", Hash.of("a", 1))).isEqualTo(Hash.empty());
        assertThat(kv.get("k3")).isEqualTo(Hash.of("a", 1));
        assertThat(ttl("k3")).isEmpty();
        kv.patch("k4", (current, ttl) -> {
            assertThat(current).isEqualTo(Hash.empty());
            assertThat(ttl.remaining()).isEmpty();
            return Hash.of("a", 1);
        });
        assertThat(ttl("k4")).isEmpty();
        assertThat(kv.increment("k5", "n")).isEqualTo(1);
        assertThat(kv.get("k5")).isEqualTo(Hash.of("n", 1));
        assertThat(ttl("k5")).isEmpty();
        assertThat(kv.shift("k6", "l").isPresent()).isFalse();
        assertThat(kv.peek("k6", "l").isPresent()).isFalse();
        assertThat(kv.exists("k6")).isFalse();
        kv.append("k7", "l", 2);
        assertThat(kv.get("k7")).isEqualTo(Hash.of("l", List.of(2)));
        assertThat(kv.addNumber("k8", "l", 1)).isTrue();
        assertThat(kv.hasNumber("k9", "n", 5)).isFalse();
        assertThat(kv.delete("k10")).isEqualTo(Hash.empty());
        assertThat(kv.delete("k11", List.of("n"))).isEqualTo(Hash.empty());
        assertThat(kv.exists("k11")).isFalse();
        assertThat(kv.putIfVersion("k12", Hash.of("a", 1), 0)).isPositive();
        assertThat(kv.get("k13", List.of("n"))).isEqualTo(Hash.empty());
    }

    @Test
    @DisplayName("TTL-3: readable up to and including the second it is due, gone after it")
    void boundary() {
        kv.put("k", Hash.of("a", 1), MINUTE);
        advance(59);
        assertThat(kv.exists("k")).isTrue();
        advance(1);
        assertThat(kv.exists("k")).isTrue();
        assertThat(ttl("k")).contains(Duration.ZERO);
        advance(1);
        assertThat(kv.exists("k")).isFalse();
    }

    @Test
    @DisplayName("TTL-3: also for a record that was written in the middle of a second")
    void boundaryInMidSecond() {
        emulator.app(install.appId()).clock().advance(Duration.ofMillis(900));
        kv.put("k", Hash.of("a", 1), MINUTE);
        advance(60);
        assertThat(kv.exists("k")).isTrue();
        advance(1);
        assertThat(kv.exists("k")).isFalse();
    }

    @Test
    @DisplayName("TTL-4: put without ttl leaves a record without expiry, whatever it had before")
    void putRemovesTtl() {
        kv.put("k", Hash.of("a", 1), MINUTE);
        kv.put("k", Hash.of("a", 2));
        assertThat(ttl("k")).isEmpty();
        advance(100);
        assertThat(kv.exists("k")).isTrue();
    }

    @Test
    @DisplayName("TTL-5: patch and increments keep, restart or remove the expiry")
    void patchAndIncrements() {
        for (String key : List.of("patch", "inc", "multi")) {
            kv.put(key, Hash.of("n", 1), MINUTE);
        }
        advance(10);
        kv.patch("patch", Hash.of("b", 1));
        kv.increment("inc", "n");
        kv.incrementMulti("multi", Map.of("n", 1));
        for (String key : List.of("patch", "inc", "multi")) {
            assertThat(ttl(key)).contains(Duration.ofSeconds(50));
        }
        kv.patch("patch", Hash.of("b", 1), Ttl.of(MINUTE));
        kv.increment("inc", "n", 1, Ttl.of(MINUTE));
        kv.incrementMulti("multi", Map.of("n", 1), Ttl.of(MINUTE));
        for (String key : List.of("patch", "inc", "multi")) {
            assertThat(ttl(key)).contains(MINUTE);
        }
        kv.patch("patch", Hash.of("b", 1), Ttl.none());
        kv.increment("inc", "n", 1, Ttl.none());
        kv.incrementMulti("multi", Map.of("n", 1), Ttl.none());
        for (String key : List.of("patch", "inc", "multi")) {
            assertThat(ttl(key)).isEmpty();
        }
    }

    @Test
    @DisplayName("TTL-6: an updater sees the remaining ttl and may change it; a ttl beside it fills in")
    void updaters() {
        kv.put("k", Hash.of("a", 1), MINUTE);
        advance(25);
        kv.patch("k", (current, ttl) -> {
            assertThat(ttl.remaining()).contains(Duration.ofSeconds(35));
            return current;
        });
        assertThat(ttl("k")).contains(Duration.ofSeconds(35));
        kv.patch("k", (current, ttl) -> {
            ttl.set(Duration.ofSeconds(100));
            return current;
        });
        assertThat(ttl("k")).contains(Duration.ofSeconds(100));
        kv.patch("k", (current, ttl) -> current, Ttl.of(MINUTE));
        assertThat(ttl("k")).contains(MINUTE);
        kv.patch(
                "k",
                (current, ttl) -> {
                    ttl.remove();
                    return current;
                },
                Ttl.of(MINUTE));
        assertThat(ttl("k")).isEmpty();
        kv.patch("k", (current, ttl) -> {
            assertThat(ttl.remaining()).isEmpty();
            return current;
        });
    }

    @Test
    @DisplayName("TTL-6: a chain of untouched patches does not drift")
    void noDrift() {
        kv.put("k", Hash.of("n", 0), MINUTE);
        for (int i = 0; i < 10; i++) {
            emulator.app(install.appId()).clock().advance(Duration.ofMillis(700));
            kv.patch("k", current -> current.with("n", current.size()));
        }
        assertThat(ttl("k")).contains(Duration.ofSeconds(53));
    }

    @Test
    @DisplayName("TTL-7: list and set operations and delete of fields keep the expiry")
    void keptByOthers() {
        kv.put("k", Hash.of("l", List.of(1, 2), "x", 1), MINUTE);
        advance(10);
        kv.append("k", "l", 3);
        kv.unshift("k", "l", 0);
        kv.shift("k", "l");
        kv.addNumber("k", "s", 1);
        kv.removeNumber("k", "s", 1);
        kv.delete("k", List.of("x"));
        assertThat(ttl("k")).contains(Duration.ofSeconds(50));
    }

    @Test
    @DisplayName("TTL-8: a ttl is a whole number from 1 to 315,360,000")
    void range() {
        kv.put("k", Hash.of("a", 1), Duration.ofSeconds(315_360_000));
        assertThat(ttl("k")).contains(Duration.ofSeconds(315_360_000));
        kv.put("k", Hash.of("a", 1), Duration.ofSeconds(1));
        for (Duration bad : List.of(
                Duration.ZERO, Duration.ofSeconds(-5), Duration.ofMillis(1_500), Duration.ofSeconds(315_360_001))) {
            refused(ErrorCode.INVALID_REQUEST, "k", () -> kv.put("k", Hash.of("a", 2), bad));
        }
    }
}
