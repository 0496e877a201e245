package dev.stowage.reliability.kill;

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

/** {@code stowage-reliability kill}. */
@Command(
        name = "kill",
        description = "Kills an emulator with a data directory under load, again and again, and checks what it kept.",
        mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--kills", defaultValue = "100", description = "How many kills. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--records",
            defaultValue = "100000",
            description = "How many records of 1 KB are stored before. Default: ${DEFAULT-VALUE}.")
    private int records;

    @Option(
            names = "--durability",
            defaultValue = "process",
            description = "process or disk. Default: ${DEFAULT-VALUE}.")
    private String durability = "";

    @Option(names = "--seconds", defaultValue = "3600", description = "The time limit. Default: ${DEFAULT-VALUE}.")
    private long seconds;

    @Option(names = "--seed", description = "The random seed. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--data", description = "The data directory. Default: a new one in the folder for temporary files.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long drawn = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000L) : seed;
        Path folder = data == null ? Files.createTempDirectory("stowage-kill").resolve("data") : data;
        out.println("seed " + drawn + ", data in " + folder);
        out.flush();
        KillReport report = new KillRun(folder, durability, kills, records, drawn, Duration.ofSeconds(seconds)).run();
        out.println(report);
        report.findings().forEach(out::println);
        out.println(
                report.findings().isEmpty()
                        ? "Nothing was lost, half done or used again."
                        : report.findings().size() + " findings.");
        return report.findings().isEmpty() ? 0 : 1;
    }
}
