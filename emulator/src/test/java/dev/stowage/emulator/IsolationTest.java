package dev.stowage.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IsolationTest {

    @Test
    @DisplayName("1,000 installs of 100 apps, 16 threads: no app sees another's time, faults or journal")
    void appsDoNotTouchEachOther() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            ExecutorService pool = Executors.newFixedThreadPool(16);
            List<Future<?>> apps = new ArrayList<>();
            for (int a = 0; a < 100; a++) {
                int number = a;
                apps.add(pool.submit(() -> useApp(emulator.app("app-" + number), number)));
            }
            for (Future<?> app : apps) {
                app.get(60, TimeUnit.SECONDS);
            }
            pool.shutdownNow();
        }
    }

    private static void useApp(App app, int number) {
        Instant start = Instant.parse("2020-01-01T00:00:00Z").plus(Duration.ofDays(number));
        app.clock().set(start);
        app.faults().arm(CallMatch.any().operation("increment"), new Fault.Unavailable());
        int refused = 0;
        for (int i = 0; i < 10; i++) {
            Install install = app.install();
            KeyValueStore kv = install.storage().kvStore();
            kv.put("k", Hash.of("n", number), Duration.ofSeconds(60));
            app.clock().advance(Duration.ofSeconds(59));
            assertThat(kv.get("k")).isEqualTo(Hash.of("n", number));
            app.clock().advance(Duration.ofSeconds(3));
            assertThat(kv.exists("k")).isFalse();
            try {
                kv.increment("k", "n");
            } catch (StorageException refusal) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(1);
        assertThat(app.clock().instant()).isEqualTo(start.plusSeconds(620));
        List<JournalEntry> entries = app.journal().entries();
        assertThat(entries).hasSize(40).allMatch(entry -> entry.call().appId().equals(app.appId()));
        assertThat(entries)
                .allMatch(entry -> !entry.at().isBefore(start) && !entry.at().isAfter(start.plusSeconds(620)));
    }

    @Test
    @DisplayName("INST-5: 8 writers hammer an install that is reinstalled 200 times")
    void reinstallUnderLoad() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            AtomicReference<Install> current =
                    new AtomicReference<>(emulator.app("shop").install());
            AtomicInteger running = new AtomicInteger(1);
            AtomicInteger acknowledged = new AtomicInteger();
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 8; w++) {
                writers.add(pool.submit(() -> {
                    while (running.get() > 0) {
                        Install install = current.get();
                        try {
                            Hash mine = Hash.of("install", install.installId(), "a", 1, "b", 1);
                            Hash before = install.storage().kvStore().put("k", mine);
                            assertThat(before).isIn(Hash.empty(), mine);
                            assertThat(install.storage().kvStore().get("k")).isEqualTo(mine);
                            install.storage().sharedKvStore().increment("shared", "n");
                            acknowledged.incrementAndGet();
                        } catch (StorageException refusal) {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.INSTALL_REVOKED);
                        }
                    }
                    return null;
                }));
            }
            List<Install> ended = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Install old = current.get();
                Install again = old.reinstall();
                assertThat(again.storage().kvStore().exists("k")).isFalse();
                current.set(again);
                ended.add(old);
            }
            running.set(0);
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            pool.shutdownNow();
            Hash left = current.get().storage().kvStore().get("k");
            assertThat(left.isEmpty()
                            || left.getLong("install").equals(current.get().installId()))
                    .isTrue();
            Long shared = current.get().storage().sharedKvStore().get("shared").getLong("n");
            assertThat(shared == null ? 0 : shared).isEqualTo(acknowledged.get());
            assertThat(ended).noneMatch(Install::isActive);
        }
    }

    @Test
    void operationsWithTheKeyOfAnEndedInstallAreCounted() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            Install old = emulator.install();
            KeyValueStore cached = old.storage().kvStore();
            Install again = old.reinstall();
            for (int i = 0; i < 3; i++) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> cached.get("k"))
                        .isInstanceOf(StorageException.class);
            }
            assertThat(old.rejectedOperations()).isEqualTo(3);
            assertThat(again.rejectedOperations()).isZero();
        }
    }
}
