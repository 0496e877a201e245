package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Measures the heap that a million records of 1 KB take, written in process and over HTTP. */
final class MemoryPerRecord {

    private static final int RECORDS = 1_000_000;

    private MemoryPerRecord() {}

    static void main(String... args) throws Exception {
        measure("in process", false);
        measure("over HTTP", true);
    }

    private static void measure(String how, boolean overHttp) throws Exception {
        EmulatorConfig config = EmulatorConfig.builder().servesHttp(overHttp).build();
        try (Emulator emulator = Emulator.start(config)) {
            Install install = emulator.install();
            Storage storage = overHttp ? HttpStorage.connect(emulator.url(), install.apiKey()) : install.storage();
            write(storage.kvStore(), 0, 1_000);
            long before = usedHeap();
            ExecutorService pool = Executors.newFixedThreadPool(2);
            for (int part : List.of(0, 1)) {
                pool.execute(
                        () -> write(storage.kvStore(), 1_000 + part * RECORDS / 2, 1_000 + (part + 1) * RECORDS / 2));
            }
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.HOURS);
            long bytes = usedHeap() - before;
            System.out.printf("%-12s %,d records of 1 KB: %,d bytes of heap each%n", how, RECORDS, bytes / RECORDS);
        }
    }

    private static void write(KeyValueStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            Hash record = Records.ofOneKilobyte(i);
            store.put("key-" + i, record);
        }
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
