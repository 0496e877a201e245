package dev.stowage.emulator.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory is bounded by what is stored. */
@Timeout(120)
class MemoryTest {

    private final AtomicReference<Instant> systemTime = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryRecordStore records = new InMemoryRecordStore();
    private Emulator emulator;
    private App app;
    private Install install;
    private KeyValueStore kv;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess().toBuilder()
                .systemTime(systemTime::get)
                .backend(() -> records)
                .build());
        app = emulator.app("shop");
        install = app.install();
        kv = install.storage().kvStore();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private int stored() {
        return records.list(new Partition("install/" + install.installId(), "kvStore"))
                .size();
    }

    private void pass(Duration time) {
        systemTime.updateAndGet(now -> now.plus(time));
    }

    private static Hash large(int i) {
        return Hash.of("text", ("" + (i % 10)).repeat(400_000));
    }

    @Test
    @DisplayName("500 puts and deletes of 400 KB on new keys keep at most a few megabytes, and nothing after a reset")
    void deletedValues() {
        long before = Heap.usedMegabytes();
        for (int i = 0; i < 500; i++) {
            kv.put("k" + i, large(i));
            kv.delete("k" + i);
        }
        assertThat(Heap.usedMegabytes() - before).isLessThan(12);
        app.reset();
        assertThat(Heap.usedMegabytes() - before).isLessThan(3);
    }

    @Test
    @DisplayName("while a staleRead rule is armed, previous versions are bounded as well")
    void deletedValuesWithARule() {
        app.faults().arm(FaultRule.once(CallMatch.any(), new Fault.StaleRead()).after(Integer.MAX_VALUE));
        long before = Heap.usedMegabytes();
        for (int i = 0; i < 500; i++) {
            kv.put("k" + i, large(i));
            kv.delete("k" + i);
        }
        assertThat(Heap.usedMegabytes() - before).isLessThan(12);
    }

    @Test
    @DisplayName("the previous version of a secret is kept only while a staleRead rule can match it")
    void secrets() {
        BaseStore secrets = install.storage().secrets();
        CallMatch reads = CallMatch.any().operation("get");
        secrets.put("token", Hash.of("v", 1));
        secrets.put("token", Hash.of("v", 2));
        app.faults().arm(reads, new Fault.StaleRead());
        assertThat(secrets.get("token")).isEqualTo(Hash.of("v", 2));
        secrets.put("token", Hash.of("v", 3));
        assertThat(secrets.get("token")).isEqualTo(Hash.of("v", 2));
        // The rule is used up: the next write forgets what it kept.
        secrets.put("other", Hash.of("v", 4));
        app.faults().arm(reads, new Fault.StaleRead());
        assertThat(secrets.get("token")).isEqualTo(Hash.of("v", 3));
    }

    @Test
    @DisplayName("TTL-2: 400,000 puts with ttl 1 under the system's clock leave no more than the last seconds' records")
    void expiredRecords() {
        for (int second = 0; second < 400; second++) {
            for (int i = 0; i < 1_000; i++) {
                kv.put(second + "-" + i, Hash.of("n", i), Duration.ofSeconds(1));
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(stored()).isLessThan(10_000);
        pass(Duration.ofSeconds(5));
        for (int i = 0; i < 1_000; i++) {
            kv.put("last", Hash.of("n", i));
        }
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    @DisplayName("records that expired under a manual clock are kept, and are there again when it is set back")
    void expiredUnderAManualClock() {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        app.clock().set(start);
        for (int i = 0; i < 100; i++) {
            kv.put("k" + i, Hash.of("n", i), Duration.ofSeconds(1));
        }
        app.clock().advance(Duration.ofDays(1));
        for (int i = 0; i < 1_000; i++) {
            kv.put("other", Hash.of("n", i));
        }
        KeyValueStore another = emulator.app("another").install().storage().kvStore();
        for (int i = 0; i < 1_000; i++) {
            another.put("k", Hash.of("n", i), Duration.ofSeconds(1));
            pass(Duration.ofSeconds(5));
        }
        assertThat(kv.exists("k7")).isFalse();
        app.clock().set(start);
        assertThat(kv.get("k7")).isEqualTo(Hash.of("n", 7));
        assertThat(stored()).isEqualTo(101);
    }

    @Test
    @DisplayName("records that were written under a manual clock are freed when the clock runs again")
    void expiredAfterResume() {
        app.clock().set(systemTime.get());
        for (int i = 0; i < 100; i++) {
            kv.put("k" + i, Hash.of("n", i), Duration.ofSeconds(1));
        }
        app.clock().resume();
        for (int i = 0; i < 1_000; i++) {
            kv.put("other", Hash.of("n", i));
            pass(Duration.ofSeconds(1));
        }
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "DUR-4: after a start with existing data, its expired records are freed, also those of an app without installs")
    void expiredAfterRestart() {
        App alone = emulator.app("alone");
        for (int i = 0; i < 100; i++) {
            kv.put("k" + i, Hash.of("n", i), Duration.ofSeconds(1));
            alone.storage().sharedKvStore().put("k" + i, Hash.of("n", i), Duration.ofSeconds(1));
        }
        kv.put("kept", Hash.of("n", 1));
        Partition shared = sharedPartition();
        try (Emulator restarted = Emulator.start(EmulatorConfig.inProcess().toBuilder()
                .systemTime(systemTime::get)
                .backend(() -> records)
                .build())) {
            pass(Duration.ofSeconds(5));
            KeyValueStore another = restarted.app("another").install().storage().kvStore();
            for (int i = 0; i < 1_000; i++) {
                another.put("k", Hash.of("n", i));
            }
            assertThat(stored()).isEqualTo(1);
            assertThat(records.list(shared)).isEmpty();
        }
    }

    /** The second app's. */
    private Partition sharedPartition() {
        Partition shared = new Partition("app/2", "sharedKvStore");
        assertThat(records.list(shared)).hasSize(100);
        return shared;
    }
}
