package dev.stowage.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.KeyValueStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationJournalTest {

    @Test
    void keepsTheLastOperationsAndCountsDroppedOnes() {
        try (Emulator emulator = Emulator.start(
                EmulatorConfig.inProcess().toBuilder().journalCapacity(10).build())) {
            Install install = emulator.install();
            for (int i = 0; i < 25; i++) {
                install.storage().kvStore().increment("k", "n");
            }
            JournalPage page = emulator.app(install.appId()).journal().after(0);
            assertThat(page.entries())
                    .extracting(JournalEntry::sequence)
                    .containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
            assertThat(page.dropped()).isEqualTo(15);
            assertThat(page.next()).isEqualTo(25);
            assertThat(emulator.app(install.appId()).journal().after(20).dropped())
                    .isZero();
            assertThat(emulator.app(install.appId()).journal().after(25).entries())
                    .isEmpty();
        }
    }

    @Test
    void resetDeletesEntriesAndContinuesTheNumbering() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            Install one = emulator.app("one").install();
            Install two = emulator.app("two").install();
            one.storage().kvStore().increment("k", "n");
            two.storage().kvStore().increment("k", "n");
            emulator.app(one.appId()).reset();
            assertThat(emulator.journal().entries()).hasSize(1);
            two.storage().kvStore().increment("k", "n");
            emulator.reset();
            assertThat(emulator.journal().entries()).isEmpty();
            emulator.install().storage().kvStore().increment("k", "n");
            assertThat(emulator.journal().entries())
                    .extracting(JournalEntry::sequence)
                    .containsExactly(4L);
            assertThat(emulator.journal().after(0).dropped()).isZero();
        }
    }

    @Test
    @DisplayName("LIN-1: a record's entries are in the order in which they took effect")
    void entriesOfARecordAreInTheOrderOfTheirVersions() throws InterruptedException {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            Install install = emulator.install();
            KeyValueStore kv = install.storage().kvStore();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException stop) {
                        return;
                    }
                    for (int n = 0; n < 500; n++) {
                        kv.increment("k" + n % 3, "n");
                    }
                });
                threads.add(thread);
                thread.start();
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            Map<String, Long> last = new HashMap<>();
            for (JournalEntry entry : emulator.app(install.appId()).journal().entries()) {
                String key = entry.call().key();
                assertThat(entry.versionBefore()).as(entry.toString()).isEqualTo(last.getOrDefault(key, 0L));
                last.put(key, entry.versionAfter());
            }
            assertThat(emulator.app(install.appId()).journal().entries()).hasSize(4_000);
        }
    }
}
