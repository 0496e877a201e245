package dev.stowage.reliability.fuzz;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stowage-reliability fuzz}. */
@Command(
        name = "fuzz",
        description = "Sends generated requests to every path of openapi.yaml and checks each response.",
        mixinStandardHelpOptions = true)
public final class FuzzCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--url", description = "The emulator to test. Default: one in this process.")
    private @Nullable URI url;

    @Option(
            names = "--requests",
            defaultValue = "1000000",
            description = "How many requests. Default: ${DEFAULT-VALUE}.")
    private long requests;

    @Option(names = "--seconds", defaultValue = "60", description = "The time limit. Default: ${DEFAULT-VALUE}.")
    private long seconds;

    @Option(names = "--threads", defaultValue = "4", description = "How many connections. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--seed", description = "The random seed. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException {
        long drawn = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000L) : seed;
        if (url != null) {
            return fuzz(url, drawn);
        }
        try (Emulator emulator =
                Emulator.start(EmulatorConfig.builder().journalCapacity(200).build())) {
            return fuzz(emulator.url(), drawn);
        }
    }

    private int fuzz(URI server, long drawn) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "seed %d%n", drawn);
        out.flush();
        long start = System.nanoTime();
        FuzzReport report = Fuzzer.run(server, drawn, requests, Duration.ofSeconds(seconds), threads);
        long took = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        out.printf(Locale.ROOT, "%,d requests in %d s; by status: %s%n", report.requests(), took, report.responses());
        report.findings().forEach(out::println);
        out.println(
                report.findings().isEmpty()
                        ? "Nothing found."
                        : report.findings().size() + " findings.");
        return report.findings().isEmpty() ? 0 : 1;
    }
}
