package dev.stowage.benchmarks;

import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Sends requests to servers over keep-alive connections, as fast as they respond, and measures them. */
final class HttpLoad {

    private static final int KEYS = 10_000;
    private static final int REQUESTS = 500;

    record Round(double elapsed, double perSecond, double p50Micros, double p99Micros, double cpuMicros) {

        Round withCpu(double micros) {
            return new Round(elapsed, perSecond, p50Micros, p99Micros, micros);
        }
    }

    private HttpLoad() {}

    static Map<String, IntFunction<Operation>> operations() {
        Map<String, IntFunction<Operation>> operations = new LinkedHashMap<>();
        operations.put("get", i -> new Operation.Get(key(i), null));
        operations.put(
                "put", i -> new Operation.Put(key(i), Records.ofOneKilobyte(i), Ttl.none(), OptionalLong.empty()));
        operations.put(
                "patch",
                i -> new Operation.Patch(key(i), Hash.of("field5", "patched" + i), Ttl.keep(), OptionalLong.empty()));
        operations.put("increment", i -> new Operation.Increment(key(i), Map.of("n", 1d), Ttl.keep(), false));
        return operations;
    }

    private static String key(int i) {
        return "key-" + i;
    }

    static void fill(ServerProcess server) throws IOException {
        fill(server, 0, KEYS);
    }

    /** Stores the records of the keys from {@code first} to before {@code end}. */
    static void fill(ServerProcess server, int first, int end) throws IOException {
        try (LoadConnection loadConnection = new LoadConnection(server)) {
            for (int i = first; i < end; i++) {
                loadConnection.roundTrip(server.protocol()
                        .request(server, operations().get("put").apply(i)));
            }
        }
    }

    static byte[][] requests(ServerProcess server, IntFunction<Operation> operation) {
        return requests(server, operation, REQUESTS, KEYS);
    }

    /** Returns {@code count} requests for random ones of the first {@code keys} keys. */
    static byte[][] requests(ServerProcess server, IntFunction<Operation> operation, int count, int keys) {
        return IntStream.range(0, count)
                .map(i -> ThreadLocalRandom.current().nextInt(keys))
                .mapToObj(i -> server.protocol().request(server, operation.apply(i)))
                .toArray(byte[][]::new);
    }

    static Round load(ServerProcess server, byte[][] requests, int connections, int seconds) throws Exception {
        return load(List.of(new Target(server, requests)), connections, seconds);
    }

    /** A server, and what is sent to it. */
    record Target(ServerProcess server, byte[][] requests) {}

    /** Spreads the connections over several servers. */
    static Round load(List<Target> targets, int connections, int seconds) throws Exception {
        try (LoadLoop loop = new LoadLoop()) {
            for (int i = 0; i < connections; i++) {
                Target target = targets.get(i % targets.size());
                loop.add(target.server(), target.requests());
            }
            long cpuBefore = cpuNanos(targets);
            Round round = measure(List.of(loop::until), seconds);
            double requests = round.perSecond() * round.elapsed();
            return round.withCpu((cpuNanos(targets) - cpuBefore) / 1e3 / requests);
        }
    }

    private static long cpuNanos(List<Target> targets) {
        return targets.stream()
                .mapToLong(target -> target.server().cpuTime().toNanos())
                .sum();
    }

    /** Makes calls until a time, and returns how long each took, in nanoseconds. */
    @FunctionalInterface
    interface LatencySource {
        long[] until(long end) throws IOException;
    }

    /** Runs each source in a thread of its own. */
    static Round measure(List<LatencySource> sources, int seconds) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<long[]> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (LatencySource source : sources) {
            Thread thread = new Thread(() -> {
                long[] mine = latencies(source, end);
                synchronized (latencies) {
                    latencies.add(mine);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Round(
                elapsed, all.length / elapsed, all[all.length / 2] / 1e3, all[(int) (all.length * 0.99)] / 1e3, 0);
    }

    private static long[] latencies(LatencySource source, long end) {
        try {
            return source.until(end);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    static Round median(List<Round> rounds) {
        return new Round(
                median(rounds.stream().mapToDouble(Round::elapsed).toArray()),
                median(rounds.stream().mapToDouble(Round::perSecond).toArray()),
                median(rounds.stream().mapToDouble(Round::p50Micros).toArray()),
                median(rounds.stream().mapToDouble(Round::p99Micros).toArray()),
                median(rounds.stream().mapToDouble(Round::cpuMicros).toArray()));
    }

    static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }
}
