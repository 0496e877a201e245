package dev.stowage.reliability.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stowage-reliability cluster}. */
@Command(
        name = "cluster",
        description =
                "Kills and pauses emulators and the engine that they share, under load, and lets the contract suite"
                        + " judge what they did.",
        mixinStandardHelpOptions = true)
public final class ClusterCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--engine",
            defaultValue = "ETCD",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private ClusterRun.Engine engine;

    @Option(names = "--servers", defaultValue = "3", description = "How many emulators. Default: ${DEFAULT-VALUE}.")
    private int servers;

    @Option(names = "--seconds", defaultValue = "600", description = "How long. Default: ${DEFAULT-VALUE}.")
    private long seconds;

    @Option(names = "--seed", description = "The random seed. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long drawn = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000L) : seed;
        Path folder = Files.createTempDirectory("stowage-cluster");
        out.println("seed " + drawn + ", data in " + folder);
        out.flush();
        ClusterReport report = new ClusterRun(engine, folder, servers, drawn, Duration.ofSeconds(seconds)).run();
        out.println(report);
        report.findings().forEach(out::println);
        out.println(
                report.findings().isEmpty()
                        ? "No violation was found, no acknowledged write is lost."
                        : report.findings().size() + " findings.");
        return report.findings().isEmpty() ? 0 : 1;
    }
}
