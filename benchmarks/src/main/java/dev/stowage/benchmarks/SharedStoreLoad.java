package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import dev.stowage.store.process.EtcdCluster;
import dev.stowage.store.process.Part;
import dev.stowage.store.process.PostgresProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Compares the stores that an emulator can have: memory, a data folder, PostgreSQL and etcd (both with their writes on the disk), the
 * shared ones with one and with three servers. For the shared ones it also measures the engine's own client ({@link StoreClient}),
 * which shows what a server costs. All are measured by turns in one run. Prints the medians of the rounds.
 */
final class SharedStoreLoad {

    private static final List<String> OPERATIONS = List.of("get", "put");

    /** Of each operation, before all others: three servers share the load and the processor, so that each is compiled late. */
    private static final int FIRST_WARM_UP_ROUNDS = 6;

    private static final int WARM_UP_ROUNDS = 2;

    private SharedStoreLoad() {}

    /** Something that can be measured. */
    @FunctionalInterface
    private interface Candidate {
        HttpLoad.Round load(String operation, int connections, int seconds) throws Exception;
    }

    /** Arguments: seconds (default: 2), rounds (default: 3), records (default: 1,000). */
    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int records = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
        Path folder = Folders.create();
        List<AutoCloseable> toClose = new ArrayList<>();
        try {
            Map<String, Candidate> candidates = new LinkedHashMap<>();
            candidates.put("memory", servers(toClose, records, "serve-stowage", 1));
            candidates.put(
                    "folder",
                    servers(
                            toClose,
                            records,
                            "serve-stowage",
                            1,
                            "10000",
                            folder.resolve("data").toString(),
                            "DISK"));
            PostgresProcess postgres = PostgresProcess.startDurable(folder.resolve("postgresql"));
            toClose.add(postgres::kill);
            addShared(candidates, toClose, records, "PostgreSQL", postgres.url());
            EtcdCluster etcd = EtcdCluster.startDurable(Files.createDirectory(folder.resolve("etcd")), 1);
            toClose.add(() -> etcd.parts().forEach(Part::kill));
            addShared(candidates, toClose, records, "etcd", etcd.url("benchmark"));
            measure(candidates, seconds, rounds);
        } finally {
            for (int i = toClose.size() - 1; i >= 0; i--) {
                toClose.get(i).close();
            }
            Folders.delete(folder);
        }
    }

    private static void addShared(
            Map<String, Candidate> candidates, List<AutoCloseable> toClose, int records, String name, String url)
            throws IOException {
        StoreClient client = new StoreClient(url, records);
        toClose.add(client);
        candidates.put(name + ", client", client::load);
        candidates.put(name + ", 1 server", servers(toClose, records, "serve-shared", 1, url));
        candidates.put(name + ", 3 servers", servers(toClose, records, "serve-shared", 3, url));
    }

    private static Candidate servers(
            List<AutoCloseable> toClose, int records, String which, int count, String... arguments) throws IOException {
        List<ServerProcess> servers = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(which));
        command.addAll(List.of(arguments));
        for (int i = 0; i < count; i++) {
            ServerProcess server = ServerProcess.start(command.toArray(String[]::new));
            servers.add(server);
            toClose.add(server);
        }
        HttpLoad.fill(servers.get(0), 0, records);
        return (operation, connections, seconds) -> {
            IntFunction<Operation> operations = HttpLoad.operations().get(operation);
            List<HttpLoad.Target> targets = servers.stream()
                    .map(server ->
                            new HttpLoad.Target(server, HttpLoad.requests(server, operations, 2 * records, records)))
                    .toList();
            return HttpLoad.load(targets, connections, seconds);
        };
    }

    private static void measure(Map<String, Candidate> candidates, int seconds, int rounds) throws Exception {
        System.out.printf(
                "%-9s %5s %-22s | %12s %9s | %9s %9s%n",
                "operation", "conns", "store", "requests/s", "to client", "p50 µs", "p99 µs");
        for (int round = 0; round < FIRST_WARM_UP_ROUNDS; round++) {
            for (String operation : OPERATIONS) {
                for (Candidate candidate : candidates.values()) {
                    candidate.load(operation, 64, seconds);
                }
            }
        }
        for (int connections : new int[] {8, 64}) {
            for (String operation : OPERATIONS) {
                Map<String, List<HttpLoad.Round>> measured = new LinkedHashMap<>();
                for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                    for (Map.Entry<String, Candidate> candidate : candidates.entrySet()) {
                        HttpLoad.Round result = candidate.getValue().load(operation, connections, seconds);
                        if (round >= 0) {
                            measured.computeIfAbsent(candidate.getKey(), first -> new ArrayList<>())
                                    .add(result);
                        }
                    }
                }
                double client = 0;
                for (Map.Entry<String, List<HttpLoad.Round>> store : measured.entrySet()) {
                    HttpLoad.Round median = HttpLoad.median(store.getValue());
                    client = store.getKey().endsWith("client") ? median.perSecond() : client;
                    print(operation, connections, store.getKey(), median, client);
                }
            }
        }
    }

    private static void print(String operation, int connections, String store, HttpLoad.Round round, double client) {
        System.out.printf(
                "%-9s %5d %-22s | %,12.0f %9s | %,9.0f %,9.0f%n",
                operation,
                connections,
                store,
                round.perSecond(),
                client == 0 ? "" : String.format("%.2f", round.perSecond() / client),
                round.p50Micros(),
                round.p99Micros());
    }
}
