package dev.stowage.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares an emulator with a data folder, for each durability, with one in memory. They are measured by turns in one run. Prints the
 * medians of the rounds, and their ratio to memory alone.
 */
final class StoreLoad {

    private static final int FILL_THREADS = 40;
    private static final int MAX_REQUESTS = 20_000;

    private StoreLoad() {}

    /** Arguments: seconds (default: 3), rounds (default: 5), records (default: 10,000; a multiple of 40). */
    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int records = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        Path folder = Files.createTempDirectory("stowage-benchmark");
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        try {
            servers.put("memory", ServerProcess.start("serve-stowage"));
            for (String durability : List.of("PROCESS", "DISK")) {
                String data = folder.resolve(durability).toString();
                servers.put(durability.toLowerCase(), ServerProcess.start("serve-stowage", "10000", data, durability));
            }
            for (ServerProcess server : servers.values()) {
                fill(server, records);
            }
            measure(servers, seconds, rounds, records);
        } finally {
            servers.values().forEach(ServerProcess::close);
            delete(folder);
        }
    }

    private static void fill(ServerProcess server, int records) throws InterruptedException {
        List<Thread> threads = IntStream.range(0, FILL_THREADS)
                .mapToObj(thread -> new Thread(() -> fill(server, records / FILL_THREADS, thread)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void fill(ServerProcess server, int share, int thread) {
        try {
            HttpLoad.fill(server, share * thread, share * (thread + 1));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void measure(Map<String, ServerProcess> servers, int seconds, int rounds, int records)
            throws Exception {
        System.out.printf(
                "%-10s %5s %-8s | %12s %6s | %9s %9s | %12s%n",
                "operation", "conns", "store", "requests/s", "ratio", "p50 µs", "p99 µs", "cpu µs/req");
        Map<String, IntFunction<dev.stowage.storage.operation.Operation>> operations = HttpLoad.operations();
        for (int connections : new int[] {1, 8, 64}) {
            for (String name : operations.keySet()) {
                Map<String, List<HttpLoad.Round>> measured = new LinkedHashMap<>();
                for (int round = -1; round < rounds; round++) {
                    for (Map.Entry<String, ServerProcess> server : servers.entrySet()) {
                        byte[][] requests = HttpLoad.requests(
                                server.getValue(), operations.get(name), Math.min(records, MAX_REQUESTS), records);
                        HttpLoad.Round result = HttpLoad.load(server.getValue(), requests, connections, seconds);
                        if (round >= 0) {
                            measured.computeIfAbsent(server.getKey(), first -> new ArrayList<>())
                                    .add(result);
                        }
                    }
                }
                double memory = HttpLoad.median(measured.get("memory")).perSecond();
                measured.forEach((store, results) -> print(name, connections, store, HttpLoad.median(results), memory));
            }
        }
    }

    private static void print(String operation, int connections, String store, HttpLoad.Round round, double memory) {
        System.out.printf(
                "%-10s %5d %-8s | %,12.0f %6.2f | %,9.0f %,9.0f | %12.1f%n",
                operation,
                connections,
                store,
                round.perSecond(),
                round.perSecond() / memory,
                round.p50Micros(),
                round.p99Micros(),
                round.cpuMicros());
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
