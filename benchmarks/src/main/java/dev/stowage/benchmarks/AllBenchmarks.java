package dev.stowage.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all benchmarks, each in a JVM of its own, and prints what docs/performance.md shows, but the orders of an exploration, which the Node
 * client measures. Fails if one of them misses a bound.
 */
final class AllBenchmarks {

    /** @param jvm options of its JVM */
    private record Benchmark(String name, List<String> jvm, List<String> arguments) {
        static Benchmark of(String name, String... arguments) {
            return new Benchmark(name, List.of(), List.of(arguments));
        }
    }

    /** All memory is there from the beginning, so that no step waits for the operating system to provide it. */
    private static final List<String> LARGE_HEAP =
            List.of("-Xms5g", "-Xmx5g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC");

    private AllBenchmarks() {}

    /** Arguments: the path of another version's jar, to compare starts with (default: none). */
    static void main(String... args) throws Exception {
        List<Benchmark> all = new ArrayList<>(List.of(
                Benchmark.of("console"),
                Benchmark.of("http", "2", "3"),
                Benchmark.of("stores", "2", "3"),
                Benchmark.of("shared", "2", "3"),
                Benchmark.of("operations", "OperationsBenchmark", "JournalBenchmark"),
                new Benchmark("counts", LARGE_HEAP, List.of()),
                Benchmark.of("journal", "2", "5"),
                new Benchmark("memory", List.of("-Xmx8g"), List.of()),
                args.length > 0 ? Benchmark.of("start", "9", args[0]) : Benchmark.of("start"),
                Benchmark.of("startup"),
                Benchmark.of("junit")));
        List<String> missed = new ArrayList<>();
        for (Benchmark benchmark : all) {
            System.out.printf("%n== %s%n", benchmark.name());
            if (run(benchmark) != 0) {
                missed.add(benchmark.name());
            }
        }
        System.out.printf(
                "%n%s%n", missed.isEmpty() ? "no bound was missed" : "missed a bound: " + String.join(", ", missed));
        if (!missed.isEmpty()) {
            System.exit(1);
        }
    }

    private static int run(Benchmark benchmark) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(benchmark.arguments());
        arguments.add(0, benchmark.name());
        return new ProcessBuilder(JvmCommand.of(benchmark.jvm(), arguments))
                .inheritIO()
                .start()
                .waitFor();
    }
}
