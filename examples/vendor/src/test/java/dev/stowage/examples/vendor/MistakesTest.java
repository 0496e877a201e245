package dev.stowage.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The six mistakes that the platform's best practices warn about, each reproduced in a test. The code of docs/mistakes.md. */
class MistakesTest {

    private Emulator emulator;
    private App app;
    private Install install;
    private KeyValueStore kv;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess());
        app = emulator.app("reviews");
        app.clock().set(Instant.parse("2026-01-31T12:00:00Z"));
        install = app.install();
        kv = install.storage().kvStore();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private static void sendReviews(Storage storage, boolean readsOnce) {
        UToken token = readsOnce ? storage.secrets().get("utoken", UToken.class) : null;
        for (int review = 0; review < 100; review++) {
            UToken current = token != null ? token : storage.secrets().get("utoken", UToken.class);
            assertThat(current).isNotNull();
        }
    }

    @Test
    void caching() {
        // caching: begin
        sendReviews(install.storage(), false); // reads the token for every review
        assertThat(app.journal().entries()).hasSize(100);

        long before = app.journal().after(0).next();
        sendReviews(install.storage(), true); // reads it once for the job
        assertThat(app.journal().after(before).entries()).hasSize(1);
        // caching: end
    }

    @Test
    void tooManyRequests() {
        // requests: begin
        install.storage().settings().get("accountId");
        install.storage().secrets().get("token"); // two calls for what is always used together
        List<String> calls = app.journal().entries().stream()
                .map(entry -> entry.call().store() + "." + entry.call().operation())
                .toList();
        assertThat(calls).containsExactly("settings.get", "secrets.get");
        // requests: end
    }

    private static boolean takeLock(KeyValueStore kv, boolean withTtl) {
        Hash before = withTtl
                ? kv.put("lock", Hash.of("holder", 1), Duration.ofMinutes(5))
                : kv.put("lock", Hash.of("holder", 1));
        return before.isEmpty();
    }

    @Test
    void noTtl() {
        // ttl: begin
        takeLock(kv, false); // the job that holds the lock dies
        app.clock().advance(Duration.ofDays(365));
        assertThat(takeLock(kv, false)).isFalse(); // a year later it is still locked

        kv.delete("lock");
        takeLock(kv, true);
        app.clock().advance(Duration.ofMinutes(6));
        assertThat(takeLock(kv, true)).isTrue();
        // ttl: end
    }

    @Test
    void getThenPut() {
        // race: begin
        Fault otherWriter = new Fault.Race(Fault.Race.Write.patch(Hash.of("theirs", 1)));

        app.faults().arm(CallMatch.any().operation("put"), otherWriter);
        Hash read = kv.get("visits");
        kv.put("visits", read.with("mine", 1)); // overwrites what came in between
        assertThat(kv.get("visits")).isEqualTo(Hash.of("mine", 1));

        kv.delete("visits");
        app.faults().arm(CallMatch.any().operation("put"), otherWriter);
        kv.patch("visits", current -> current.with("mine", 1)); // the updater runs again
        assertThat(kv.get("visits")).isEqualTo(Hash.of("theirs", 1, "mine", 1));
        // race: end
        assertThat(app.faults().list()).allMatch(armed -> armed.fired() == 1);
    }

    @Test
    void lostResponses() {
        // lost: begin
        app.faults().arm(CallMatch.any().operation("increment"), new Fault.LostResponse());
        try {
            kv.increment("orders", "n");
        } catch (StorageException unavailable) {
            kv.increment("orders", "n"); // but the first call was done
        }
        assertThat(kv.get("orders")).isEqualTo(Hash.of("n", 2));
        // lost: end
    }

    @Test
    void untypedData() {
        // types: begin
        install.storage().secrets().put("utoken", Hash.of("token", "abc", "issued", "yesterday"));
        assertThatThrownBy(() -> install.storage().secrets().get("utoken", UToken.class))
                .hasMessageContaining("UToken[\"issued\"]"); // names the field, but not the value of the secret
        // types: end
    }

    @Test
    void aCacheThatOutlivesAReinstall() {
        // reinstall: begin
        install.storage().secrets().put("utoken", new UToken("abc", 1));
        KeyValueStore cached = install.storage().kvStore(); // for example in a static field
        app.faults().arm(CallMatch.any().operation("append"), new Fault.Reinstall());
        assertThatThrownBy(() -> cached.append("queue", "reviews", 1)).hasMessageContaining("reinstalled");
        assertThatThrownBy(() -> cached.append("queue", "reviews", 2)).isInstanceOf(StorageException.class);

        assertThat(install.rejectedOperations()).isEqualTo(1); // the second call used the key of the old install
        Install again = app.installs().get(1);
        assertThat(again.storage().secrets().exists("utoken")).isFalse();
        // reinstall: end
        JournalEntry faulty = app.journal().entries().get(1);
        assertThat(faulty.fault()).contains(Fault.Kind.REINSTALL);
        assertThat(faulty.outcome()).isEqualTo("install_revoked");
    }
}
