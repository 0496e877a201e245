package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Store;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter3RecordsTest extends ContractTest {

    /** The user's own type. */
    record Token(@Nullable String token, long issued) {}

    private List<BaseStore> baseStores() {
        return List.of(storage.secrets(), storage.settings());
    }

    private List<KeyValueStore> keyValueStores() {
        return List.of(storage.kvStore(), storage.sharedKvStore());
    }

    private List<Store> allStores() {
        return List.of(storage.secrets(), storage.settings(), storage.kvStore(), storage.sharedKvStore());
    }

    @Test
    @DisplayName("GET-1: get of what is not there is {}")
    void getMissing() {
        for (Store store : allStores()) {
            assertThat(store.get("missing")).isEqualTo(Hash.empty());
            assertThat(store.snapshot("missing").version()).isZero();
            assertThat(store.exists("missing")).isFalse();
        }
    }

    @Test
    @DisplayName("GET-2: get with fields gives those that exist")
    void getFields() {
        for (Store store : allStores()) {
            store.patch("k", Hash.of("a", 1, "b", null, "h.x", 2));
            assertThat(store.get("k", List.of("a", "zz"))).isEqualTo(Hash.of("a", 1));
            assertThat(store.get("k", List.of("b", "b", "h.x"))).isEqualTo(Hash.of("b", null, "h.x", 2));
            assertThat(store.get("k", List.of("zz"))).isEqualTo(Hash.empty());
            assertThat(store.get("k", List.of())).isEqualTo(Hash.empty());
            assertThat(store.get("missing", List.of("a"))).isEqualTo(Hash.empty());
        }
    }

    @Test
    @DisplayName("PUT-1, PUT-2: put replaces the whole record and returns true, or the previous value")
    void put() {
        for (BaseStore store : baseStores()) {
            assertThat(store.put("k", Hash.of("a", 1, "b", 2))).isTrue();
            assertThat(store.put("k", Hash.of("c", 3))).isTrue();
            assertThat(store.get("k")).isEqualTo(Hash.of("c", 3));
        }
        for (KeyValueStore store : keyValueStores()) {
            assertThat(store.put("k", Hash.of("a", 1, "b", 2))).isEqualTo(Hash.empty());
            assertThat(store.put("k", Hash.of("c", 3))).isEqualTo(Hash.of("a", 1, "b", 2));
            assertThat(store.get("k")).isEqualTo(Hash.of("c", 3));
        }
    }

    @Test
    @DisplayName("PUT-3: put of {} makes a record")
    void putEmpty() {
        for (KeyValueStore store : keyValueStores()) {
            store.put("k", Hash.empty());
            assertThat(store.exists("k")).isTrue();
            assertThat(store.snapshot("k").version()).isPositive();
        }
        for (BaseStore store : baseStores()) {
            store.put("k", Hash.empty());
            assertThat(store.exists("k")).isTrue();
        }
    }

    @Test
    @DisplayName("PATCH-1, PATCH-2: patch writes its fields, shallow, and returns the record from before")
    void patch() {
        for (Store store : allStores()) {
            assertThat(store.patch("k", Hash.of("a", 1, "h", Map.of("x", 1, "y", 2))))
                    .isEqualTo(Hash.empty());
            Hash before = store.patch("k", Hash.of("h", Map.of("z", 3), "b", null));
            assertThat(before).isEqualTo(Hash.of("a", 1, "h", Map.of("x", 1, "y", 2)));
            assertThat(store.get("k")).isEqualTo(Hash.of("a", 1, "h", Map.of("z", 3), "b", null));
            assertThat(store.patch("empty", Hash.empty())).isEqualTo(Hash.empty());
            assertThat(store.exists("empty")).isTrue();
        }
    }

    @Test
    @DisplayName("PATCH-3: patch with an updater replaces the record by what it returns")
    void patchWithUpdater() {
        for (Store store : allStores()) {
            assertThat(store.patch("k", current -> current.with("n", current.size())))
                    .isEqualTo(Hash.empty());
            assertThat(store.patch("k", current -> Hash.of("m", current.get("n"))))
                    .isEqualTo(Hash.of("n", 0));
            assertThat(store.get("k")).isEqualTo(Hash.of("m", 0));
        }
    }

    @Test
    @DisplayName("PATCH-3: an updater that is overtaken runs again, and no write is lost")
    void updaterIsOvertaken() {
        kv.put("k", Hash.of("n", 0));
        AtomicInteger runs = new AtomicInteger();
        kv.patch("k", current -> {
            if (runs.incrementAndGet() <= 5) {
                kv.increment("k", "n");
            }
            return current.with("mine", true);
        });
        assertThat(runs).hasValue(6);
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 5, "mine", true));
    }

    @Test
    @DisplayName("PATCH-3: creation, deletion and re-creation behind an updater's back are seen")
    void updaterSeesRecreation() {
        AtomicInteger runs = new AtomicInteger();
        kv.patch("k", current -> {
            switch (runs.incrementAndGet()) {
                case 1 -> kv.put("k", Hash.of("x", 1));
                case 2 -> {
                    kv.delete("k");
                    kv.put("k", Hash.of("x", 1));
                }
                case 3 -> kv.delete("k");
                default -> {}
            }
            return current.with("runs", runs.get());
        });
        assertThat(kv.get("k")).isEqualTo(Hash.of("runs", 4));
    }

    @Test
    @DisplayName("PATCH-4, PATCH-5: what an updater throws reaches the caller, and the record is as it was")
    void updaterThrows() {
        kv.put("k", Hash.of("l", List.of(1)));
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> kv.patch("k", current -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThatThrownBy(() -> storage.secrets().patch("k", current -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(kv.get("k")).isEqualTo(Hash.of("l", List.of(1)));
        assertThat(storage.secrets().exists("k")).isFalse();
    }

    @Test
    @DisplayName("DEL-1: delete removes the record and returns true, or the deleted value")
    void delete() {
        for (BaseStore store : baseStores()) {
            store.put("k", Hash.of("a", 1));
            assertThat(store.delete("k")).isTrue();
            assertThat(store.exists("k")).isFalse();
            assertThat(store.delete("k")).isTrue();
        }
        for (KeyValueStore store : keyValueStores()) {
            store.put("k", Hash.of("a", 1));
            assertThat(store.delete("k")).isEqualTo(Hash.of("a", 1));
            assertThat(store.exists("k")).isFalse();
            assertThat(store.delete("k")).isEqualTo(Hash.empty());
        }
    }

    @Test
    @DisplayName("DEL-2: delete with fields removes just those, and returns exactly those")
    void deleteFields() {
        for (BaseStore store : baseStores()) {
            store.put("k", Hash.of("a", 1, "b", 2));
            assertThat(store.delete("k", List.of("a", "zz"))).isTrue();
            assertThat(store.get("k")).isEqualTo(Hash.of("b", 2));
        }
        for (KeyValueStore store : keyValueStores()) {
            store.put("k", Hash.of("a", 1, "b", null, "c", 3));
            assertThat(store.delete("k", List.of("a", "b", "zz"))).isEqualTo(Hash.of("a", 1, "b", null));
            assertThat(store.get("k")).isEqualTo(Hash.of("c", 3));
            assertThat(store.delete("k", List.of())).isEqualTo(Hash.empty());
            assertThat(store.get("k")).isEqualTo(Hash.of("c", 3));
        }
    }

    @Test
    @DisplayName("DEL-3: a record whose last field went still exists; deleting fields creates nothing")
    void deleteLastField() {
        kv.put("k", Hash.of("a", 1));
        kv.delete("k", List.of("a"));
        assertThat(kv.exists("k")).isTrue();
        assertThat(kv.get("k")).isEqualTo(Hash.empty());
        kv.delete("missing", List.of("a"));
        assertThat(kv.exists("missing")).isFalse();
        storage.settings().put("k", Hash.of("a", 1));
        storage.settings().delete("k", List.of("a"));
        assertThat(storage.settings().exists("k")).isTrue();
        storage.settings().delete("missing", List.of("a"));
        assertThat(storage.settings().exists("missing")).isFalse();
    }

    @Test
    @DisplayName("EXISTS-1: true exactly for what was written and neither deleted nor expired")
    void exists() {
        assertThat(kv.exists("k")).isFalse();
        kv.get("k");
        assertThat(kv.exists("k")).isFalse();
        kv.put("k", Hash.empty(), java.time.Duration.ofSeconds(10));
        assertThat(kv.exists("k")).isTrue();
        advance(12);
        assertThat(kv.exists("k")).isFalse();
    }

    @Test
    @DisplayName("VAL-1: the user's own types go in and come out; what doesn't fit is refused without its values")
    void typed() {
        storage.secrets().put("t", new Token("abc", 5));
        assertThat(storage.secrets().get("t")).isEqualTo(Hash.of("token", "abc", "issued", 5));
        assertThat(storage.secrets().get("t", Token.class)).isEqualTo(new Token("abc", 5));
        assertThat(storage.secrets().get("missing", Token.class)).isEqualTo(new Token(null, 0));
        assertThat(storage.secrets().patch("t", Token.class, t -> new Token(t.token() + "d", t.issued() + 1)))
                .isEqualTo(new Token("abc", 5));
        assertThat(storage.secrets().get("t", Token.class)).isEqualTo(new Token("abcd", 6));
        storage.secrets().put("t", Hash.of("issued", "a secret value"));
        Throwable refusal =
                refused(ErrorCode.INVALID_VALUE, () -> storage.secrets().get("t", Token.class));
        assertThat(refusal).hasMessageContaining("issued").hasNoCause();
        assertThat(refusal.getMessage()).doesNotContain("a secret value");
        refused(ErrorCode.INVALID_VALUE, () -> kv.put("t", List.of(1)));
        refused(ErrorCode.INVALID_VALUE, () -> kv.put("t", "text"));
    }
}
