package dev.stowage.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how long the emulator takes until its first response to an operation: as a program by {@code ./stowage}, by {@code java -jar}, and by
 * the jar of another version; and in process, in a new JVM ({@link ColdStart}). By turns in one run; prints medians, and fails above the
 * bounds.
 */
final class StartComparison {

    private static final String SCRIPT = "./stowage";
    private static final String JAR = "java -jar";
    private static final String OTHER = "another jar";
    /** The most of the other jar's time that a start may take. */
    private static final Map<String, Double> AT_MOST = Map.of(SCRIPT, 0.35, JAR, 0.6);

    private static final double IN_PROCESS_AT_MOST = 0.45;
    private static final double SCRIPT_MEGABYTES = 85;

    private record Start(double seconds, double cpuSeconds, double megabytes) {}

    private StartComparison() {}

    /** Arguments: rounds (default: 9), the path of another version's jar (default: none). */
    static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        Path root = root();
        Map<String, List<String>> programs = new LinkedHashMap<>();
        if (args.length > 1) {
            programs.put(OTHER, List.of(JvmCommand.JAVA, "-jar", args[1], "--port", "0"));
        }
        programs.put(
                JAR,
                List.of(
                        JvmCommand.JAVA,
                        "-jar",
                        root.resolve("standalone/target/stowage.jar").toString(),
                        "--port",
                        "0"));
        programs.put(SCRIPT, List.of(root.resolve("stowage").toString(), "--port", "0"));
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, List<String>> program : programs.entrySet()) {
                Start start = start(program.getValue());
                if (round >= 0) {
                    starts.computeIfAbsent(program.getKey(), first -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        Bounds bounds = new Bounds();
        report(starts, bounds);
        compareInProcess(
                root.resolve("standalone/target/stowage.jar"),
                args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty(),
                rounds,
                bounds);
        bounds.exitIfMissed();
    }

    private static void compareInProcess(Path jar, Optional<Path> other, int rounds, Bounds bounds) throws IOException {
        double[] times = new double[rounds];
        double[] others = new double[rounds];
        try (InProcessStart start = new InProcessStart()) {
            for (int round = 0; round < rounds; round++) {
                times[round] = start.millis(jar);
                others[round] = other.isPresent() ? start.millis(other.get()) : 0;
            }
        }
        double median = HttpLoad.median(times);
        if (other.isEmpty()) {
            System.out.printf("in process   %.0f ms%n", median);
            return;
        }
        double ratio = median / HttpLoad.median(others);
        System.out.printf(
                "in process   %.0f ms, another jar %.0f ms, %.2f of its time%n",
                median, HttpLoad.median(others), ratio);
        if (ratio > IN_PROCESS_AT_MOST) {
            bounds.miss("a start in process takes %.2f, at most %.2f", ratio, IN_PROCESS_AT_MOST);
        }
    }

    /** The folder of the repository: this jar is in {@code benchmarks/target}. */
    private static Path root() throws IOException {
        String classPath = System.getProperty("java.class.path");
        return Path.of(classPath.split(File.pathSeparator)[0])
                .toRealPath()
                .getParent()
                .getParent()
                .getParent();
    }

    private static Start start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long before = System.nanoTime();
        try (ServerProcess server = awaitReady(builder.start())) {
            try (LoadConnection connection = new LoadConnection(server)) {
                byte[] get = server.protocol()
                        .request(server, HttpLoad.operations().get("get").apply(0));
                if (!connection.roundTrip(get)) {
                    throw new IOException(command + " refused an operation");
                }
            }
            double seconds = (System.nanoTime() - before) / 1e9;
            return new Start(seconds, server.cpuTime().toNanos() / 1e9, megabytes(server.process()));
        }
    }

    private static ServerProcess awaitReady(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String key = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("apiKey ")) {
                key = line.substring("apiKey ".length());
            }
            if (line.startsWith("ready ")) {
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                return new ServerProcess(process, port, key, new HttpProtocol());
            }
        }
        throw new IOException("it did not start");
    }

    /** The resident memory, as Linux tells it; 0 elsewhere. */
    private static double megabytes(Process process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        Optional<String> resident = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst();
        return resident.map(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1_024.0)
                .orElse(0.0);
    }

    private static void report(Map<String, List<Start>> starts, Bounds bounds) {
        starts.forEach((program, measured) -> {
            Start median = median(measured);
            System.out.printf(
                    "%-12s %.3f s, %.2f s of processor time, %.0f MB resident",
                    program, median.seconds(), median.cpuSeconds(), median.megabytes());
            if (starts.containsKey(OTHER) && AT_MOST.containsKey(program)) {
                double ratio = median.seconds() / median(starts.get(OTHER)).seconds();
                System.out.printf(", %.2f of the other jar's time", ratio);
                if (ratio > AT_MOST.get(program)) {
                    bounds.miss("%s takes %.2f, at most %.2f", program, ratio, AT_MOST.get(program));
                }
            }
            System.out.println();
            if (program.equals(SCRIPT) && median.megabytes() > SCRIPT_MEGABYTES) {
                bounds.miss("%s takes %.0f MB, at most %.0f", program, median.megabytes(), SCRIPT_MEGABYTES);
            }
        });
    }

    private static Start median(List<Start> starts) {
        return new Start(
                HttpLoad.median(starts.stream().mapToDouble(Start::seconds).toArray()),
                HttpLoad.median(starts.stream().mapToDouble(Start::cpuSeconds).toArray()),
                HttpLoad.median(starts.stream().mapToDouble(Start::megabytes).toArray()));
    }
}
