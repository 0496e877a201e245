package dev.stowage.reliability.kill;

import dev.stowage.reliability.kill.Writer.LostResponseException;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.http.HttpStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts an emulator with a data directory, lets writers work, kills it after a random number of writes, starts it again and compares: nothing that
 * was acknowledged may be missing, nothing may be half done, and no version may be used again.
 *
 * @param records how many records of 1 KB are stored before the first kill
 */
public record KillRun(Path data, String durability, int kills, int records, long seed, Duration limit) {

    private static final int WRITERS = 8;

    /** A kill comes after a drawn number of acknowledged writes, so that a slow machine is tried as hard as a fast one. */
    private static final int MIN_WRITES = 30;

    private static final int MAX_WRITES = 600;

    /** Then it waits this long at most, so that it comes at any moment of a write. */
    private static final int MAX_PAUSE_MICROS = 20_000;

    /** The kill comes after this time also if there were fewer writes. */
    private static final Duration MAX_WORK = Duration.ofSeconds(10);

    /** Runs until all kills are done, something is found, or the time is over. */
    public KillReport run() throws IOException {
        KillReport report = new KillReport();
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + limit.toNanos();
        ServerProcess server = ServerProcess.start(data, durability);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            store(server, threads);
            List<Writer> writers = writers(server.apiKey());
            for (int kill = 0; kill < kills && report.findings().isEmpty() && System.nanoTime() < end; kill++) {
                workUntilKilled(server, writers, threads, random, report);
                server = ServerProcess.start(data, durability);
                report.restarted(server.startTime());
                check(server, writers, report);
            }
        } finally {
            server.kill();
            threads.shutdownNow();
        }
        return report;
    }

    private static List<Writer> writers(String apiKey) {
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(i % 4 == 3 ? new InstallWriter("reinstalled-" + i) : new RecordWriter(i, apiKey));
        }
        return writers;
    }

    private void store(ServerProcess server, ExecutorService threads) {
        KeyValueStore store = HttpStorage.connect(server.url(), server.apiKey()).kvStore();
        Hash value = Hash.of("text", "x".repeat(1_000));
        CompletableFuture<?>[] parts = new CompletableFuture<?>[WRITERS];
        for (int thread = 0; thread < WRITERS; thread++) {
            int first = thread;
            parts[thread] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = first; i < records; i += WRITERS) {
                            store.put("stored-" + i, value);
                        }
                    },
                    threads);
        }
        CompletableFuture.allOf(parts).join();
    }

    private static void workUntilKilled(
            ServerProcess server,
            List<Writer> writers,
            ExecutorService threads,
            SplittableRandom random,
            KillReport report) {
        CountDownLatch due = new CountDownLatch(random.nextInt(MIN_WRITES, MAX_WRITES));
        CompletableFuture<?>[] working = writers.stream()
                .map(writer -> {
                    SplittableRandom own = random.split();
                    writer.connect(server.url());
                    return CompletableFuture.runAsync(() -> work(writer, own, report, due), threads);
                })
                .toArray(CompletableFuture[]::new);
        await(due);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MAX_PAUSE_MICROS)));
        server.kill();
        CompletableFuture.allOf(working).join();
    }

    private static void await(CountDownLatch due) {
        try {
            due.await(MAX_WORK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(Writer writer, SplittableRandom random, KillReport report, CountDownLatch due) {
        try {
            while (true) {
                writer.step(random);
                report.acknowledged();
                due.countDown();
            }
        } catch (LostResponseException killed) {
            return;
        } catch (RuntimeException | AssertionError finding) {
            report.found("a call failed: " + finding);
        }
    }

    private void check(ServerProcess server, List<Writer> writers, KillReport report) {
        KeyValueStore store = HttpStorage.connect(server.url(), server.apiKey()).kvStore();
        for (int i = 0; i < records; i += Math.max(1, records / 100)) {
            if (!store.exists("stored-" + i)) {
                report.found("the record stored-" + i + " is missing");
            }
        }
        for (Writer writer : writers) {
            try {
                writer.connect(server.url());
                writer.check(report);
            } catch (RuntimeException problem) {
                report.found("a check failed: " + problem);
            }
        }
    }
}
