package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Compares the emulator with servers that return a constant: a default Javalin, a Jetty with a single handler and, where they are installed,
 * nginx, and Redis with the same records. They are measured by turns in one run, so that changes of the machine's speed affect all. Prints the
 * medians of the rounds, and ends with status 1 if the emulator takes more processor time than it may.
 */
final class HttpComparison {

    private static final String JAVALIN = "Javalin";
    private static final String JETTY = "Jetty";
    private static final String STOWAGE = "Stowage";

    /** The least ratio of processor times, Javalin's to the emulator's. */
    private static final Map<String, Double> TO_JAVALIN =
            Map.of("get", 1.4, "put", 1.1, "patch", 1.0, "increment", 1.0);

    /** The least ratio of processor times, Jetty's to the emulator's. */
    private static final Map<String, Double> TO_JETTY = Map.of("get", 0.9);

    private final Map<String, ServerProcess> servers;
    private final int seconds;
    private final int rounds;
    private final Bounds bounds = new Bounds();

    private HttpComparison(Map<String, ServerProcess> servers, int seconds, int rounds) {
        this.servers = servers;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Arguments: seconds (default: 3), rounds (default: 7). */
    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        measure(seconds, rounds).exitIfMissed();
    }

    /** Returns the bounds that were missed. */
    private static Bounds measure(int seconds, int rounds) throws Exception {
        Path folder = Folders.create();
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        try {
            servers.put(JAVALIN, ServerProcess.start("serve-bare"));
            servers.put(JETTY, ServerProcess.start("serve-bare-jetty"));
            InstalledServers installed = new InstalledServers(folder);
            installed.nginx(BareServer.body()).ifPresent(server -> servers.put("nginx", server));
            installed.redis().ifPresent(server -> servers.put("Redis", server));
            servers.put(STOWAGE, ServerProcess.start("serve-stowage"));
            for (ServerProcess server : servers.values()) {
                HttpLoad.fill(server);
            }
            HttpComparison comparison = new HttpComparison(servers, seconds, rounds);
            comparison.run();
            return comparison.bounds;
        } finally {
            servers.values().forEach(ServerProcess::close);
            Folders.delete(folder);
        }
    }

    private void run() throws Exception {
        for (String operation : HttpLoad.operations().keySet()) {
            round(operation, 64);
        }
        System.out.printf(
                "%-10s %5s %-8s | %12s %6s | %9s %9s | %12s %6s%n",
                "operation", "conns", "server", "requests/s", "ratio", "p50 µs", "p99 µs", "cpu µs/req", "ratio");
        for (int connections : new int[] {8, 64}) {
            for (String operation : HttpLoad.operations().keySet()) {
                compare(operation, connections);
            }
        }
    }

    private Map<String, HttpLoad.Round> round(String operation, int connections) throws Exception {
        IntFunction<Operation> operations = HttpLoad.operations().get(operation);
        Map<String, HttpLoad.Round> results = new LinkedHashMap<>();
        for (Map.Entry<String, ServerProcess> entry : servers.entrySet()) {
            ServerProcess server = entry.getValue();
            if (server.protocol().has(operations.apply(0))) {
                byte[][] requests = HttpLoad.requests(server, operations);
                results.put(entry.getKey(), HttpLoad.load(server, requests, connections, seconds));
            }
        }
        return results;
    }

    private void compare(String operation, int connections) throws Exception {
        round(operation, connections);
        Map<String, List<HttpLoad.Round>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            round(operation, connections)
                    .forEach((server, result) -> measured.computeIfAbsent(server, first -> new ArrayList<>())
                            .add(result));
        }
        Map<String, HttpLoad.Round> medians = new LinkedHashMap<>();
        measured.forEach((server, results) -> medians.put(server, HttpLoad.median(results)));
        medians.forEach((server, median) -> print(operation, connections, server, median, medians.get(JAVALIN)));
        check(operation, connections, medians, JAVALIN, TO_JAVALIN);
        check(operation, connections, medians, JETTY, TO_JETTY);
    }

    private void check(
            String operation,
            int connections,
            Map<String, HttpLoad.Round> medians,
            String other,
            Map<String, Double> leastOf) {
        Double bound = leastOf.get(operation);
        double ratio = medians.get(other).cpuMicros() / medians.get(STOWAGE).cpuMicros();
        if (bound != null && ratio < bound) {
            bounds.miss(
                    "%s at %d connections, processor time to %s: %.2f, at least %.2f",
                    operation, connections, other, ratio, bound);
        }
    }

    private static void print(
            String operation, int connections, String server, HttpLoad.Round round, HttpLoad.Round javalin) {
        System.out.printf(
                "%-10s %5d %-8s | %,12.0f %6.2f | %,9.0f %,9.0f | %12.1f %6.2f%n",
                operation,
                connections,
                server,
                round.perSecond(),
                round.perSecond() / javalin.perSecond(),
                round.p50Micros(),
                round.p99Micros(),
                round.cpuMicros(),
                javalin.cpuMicros() / round.cpuMicros());
    }
}
