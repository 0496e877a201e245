package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares an emulator with a data folder, for each durability, with one in memory, at each number of records. They are measured by turns in
 * one run. Prints the medians of the rounds, and their ratio to memory alone; fails if one of {@code process} is below its bound.
 */
final class StoreLoad {

    private static final int FILL_THREADS = 40;
    private static final int MAX_REQUESTS = 100_000;
    private static final int WARM_UP_SECONDS = 2;
    private static final double READS_AT_LEAST = 0.95;
    private static final Map<Integer, Double> WRITES_AT_LEAST = Map.of(8, 0.35, 64, 0.5);

    private final int seconds;
    private final int rounds;
    private final Bounds bounds = new Bounds();

    private StoreLoad(int seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Arguments: seconds (default: 2), rounds (default: 3), numbers of records (default: 10,000; multiples of 40). */
    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int[] sizes = args.length > 2
                ? Stream.of(args).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {10_000};
        StoreLoad comparison = new StoreLoad(seconds, rounds);
        System.out.printf(
                "%9s %-10s %5s %-8s | %12s %6s | %9s %9s | %12s%n",
                "records", "operation", "conns", "store", "requests/s", "ratio", "p50 µs", "p99 µs", "cpu µs/req");
        for (int records : sizes) {
            comparison.compare(records);
        }
        comparison.bounds.exitIfMissed();
    }

    private void compare(int records) throws Exception {
        Path folder = Folders.create();
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
            measure(servers, records);
        } finally {
            servers.values().forEach(ServerProcess::close);
            Folders.delete(folder);
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

    private void measure(Map<String, ServerProcess> servers, int records) throws Exception {
        Map<String, IntFunction<Operation>> operations = HttpLoad.operations();
        for (String operation : operations.keySet()) {
            for (HttpLoad.Target target : targets(servers, operation, records).values()) {
                HttpLoad.load(List.of(target), 64, WARM_UP_SECONDS);
            }
        }
        for (int connections : new int[] {8, 64}) {
            for (String operation : operations.keySet()) {
                measure(targets(servers, operation, records), operation, connections, records);
            }
        }
    }

    private static Map<String, HttpLoad.Target> targets(
            Map<String, ServerProcess> servers, String operation, int records) throws IOException {
        Map<String, HttpLoad.Target> targets = new LinkedHashMap<>();
        for (Map.Entry<String, ServerProcess> server : servers.entrySet()) {
            IntFunction<Operation> operations = HttpLoad.operations().get(operation);
            byte[][] requests =
                    HttpLoad.requests(server.getValue(), operations, Math.min(records, MAX_REQUESTS), records);
            targets.put(server.getKey(), new HttpLoad.Target(server.getValue(), requests));
        }
        return targets;
    }

    private void measure(Map<String, HttpLoad.Target> targets, String operation, int connections, int records)
            throws Exception {
        Map<String, List<HttpLoad.Round>> measured = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, HttpLoad.Target> target : targets.entrySet()) {
                HttpLoad.Round result = HttpLoad.load(List.of(target.getValue()), connections, seconds);
                if (round >= 0) {
                    measured.computeIfAbsent(target.getKey(), first -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        double memory = HttpLoad.median(measured.get("memory")).perSecond();
        measured.forEach((store, results) -> {
            HttpLoad.Round median = HttpLoad.median(results);
            print(records, operation, connections, store, median, memory);
            double bound = operation.equals("get") ? READS_AT_LEAST : WRITES_AT_LEAST.getOrDefault(connections, 0.0);
            if (store.equals("process") && median.perSecond() / memory < bound) {
                bounds.miss(
                        "%s with %,d records at %d connections: %.2f, at least %.2f",
                        operation, records, connections, median.perSecond() / memory, bound);
            }
        });
    }

    private static void print(
            int records, String operation, int connections, String store, HttpLoad.Round round, double memory) {
        System.out.printf(
                "%,9d %-10s %5d %-8s | %,12.0f %6.2f | %,9.0f %,9.0f | %12.1f%n",
                records,
                operation,
                connections,
                store,
                round.perSecond(),
                round.perSecond() / memory,
                round.p50Micros(),
                round.p99Micros(),
                round.cpuMicros());
    }
}
