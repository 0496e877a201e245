package dev.stowage.standalone;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.service.ReinstallPolicy;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stowage serve}: starts an emulator with one install, prints how to reach it, and serves until it is stopped. */
@Command(
        name = "serve",
        description = "Serves the storage API over HTTP until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.StowageVersionProvider.class,
        footer = {
            "",
            "Each option can be set with an environment variable, for example --port with STOWAGE_PORT.",
            "STOWAGE_MANUAL_CLOCK=now is --manual-clock without INSTANT.",
            "",
            "Send the printed apiKey with each request: Authorization: Bearer <apiKey>",
            "To test a storage service with the contract suite: ./stowage contract --help"
        })
final class ServeCommand implements Callable<Integer> {

    private static final String NOW = "now";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4300",
            description = "The port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--app",
            paramLabel = "ID",
            defaultValue = Emulator.DEFAULT_APP,
            description = "The id of the app that is installed at the start (default: ${DEFAULT-VALUE}).")
    private String app = "";

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "The key of the first install, 27 letters or digits and '='; use it to keep the key across starts"
                            + " (default: a generated key).")
    private @Nullable String apiKey;

    @Option(
            names = "--app-key",
            paramLabel = "KEY",
            description = "The key of the app's global functions, in the same form (default: a generated key).")
    private @Nullable String appKey;

    @Option(
            names = "--manual-clock",
            paramLabel = "INSTANT",
            arity = "0..1",
            fallbackValue = NOW,
            description =
                    "Start with a frozen clock, at INSTANT (ISO 8601) or, without INSTANT, at the current time. Time"
                            + " changes only when you set or advance it through /_emulator/clock (default: the clock"
                            + " runs).")
    private @Nullable String manualClock;

    @Option(
            names = "--reinstall-policy",
            paramLabel = "POLICY",
            defaultValue = "wipe",
            description =
                    "What a reinstall does with the data: delete it (wipe) or keep it (keep) (default: ${DEFAULT-VALUE}).")
    private ReinstallPolicy reinstallPolicy = ReinstallPolicy.WIPE;

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description =
                    "Token that requests to /_emulator/ must send as a bearer token. Required unless --host is a loopback"
                            + " address.")
    private @Nullable String adminToken;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            split = ",",
            description =
                    "A further host name that requests to /_emulator/ may have in their Host header, such as the name"
                            + " of a container. Can be repeated.")
    private Set<String> allowedHosts = new LinkedHashSet<>();

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description =
                    "Write url, apiKey, appKey, installId and pid as JSON to FILE when the emulator is ready. The file is"
                            + " deleted when it stops.")
    private @Nullable Path readyFile;

    @Option(
            names = "--stop-with-stdin",
            description =
                    "Stop when standard input closes, so that the emulator also stops when the process that started it"
                            + " exits or is killed.")
    private boolean stopWithStdin;

    @Option(
            names = "--journal-size",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many operations the journal keeps; 0 turns the journal off (default: ${DEFAULT-VALUE}).")
    private int journalSize;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description =
                    "Load the document FILE, in the format of an export, into a new install. An install that is in"
                            + " DIR (--data) already keeps its data, and FILE is not loaded.")
    private @Nullable Path seed;

    @Mixin
    private final DataOptions dataOptions = new DataOptions();

    @Mixin
    private final StoreOptions storeOptions = new StoreOptions();

    private final Termination termination;

    private final Map<String, String> environment;

    ServeCommand(Termination termination, Map<String, String> environment) {
        this.termination = termination;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        EmulatorConfig config = config();
        @Nullable String document = seed == null ? null : read(seed);
        ReadyFile ready = new ReadyFile(readyFile);
        causedBy(List.of("--ready-file"), () -> {
            ready.deleteOld();
            return ready;
        });
        Emulator emulator = causedBy(
                List.of("--host", "--port", "--admin-token", "--allowed-host", "--data", "--data-key-file", "--store"),
                () -> Emulator.start(config));
        termination.atEnd(emulator::close);
        ServedInstall served = causedBy(
                List.of("--app", "--app-key", "--api-key"), () -> ServedInstall.in(emulator, app, appKey, apiKey));
        Install install = served.install();
        if (document != null && served.isNew()) {
            causedBy(List.of("--seed"), () -> {
                install.load(document);
                return install;
            });
        }
        termination.atEnd(ready::delete);
        causedBy(List.of("--ready-file"), () -> {
            ready.write(emulator, install);
            return ready;
        });
        announce(emulator, served);
        if (stopWithStdin) {
            awaitEndOfInput();
            return CommandLine.ExitCode.OK;
        }
        // The server's threads are daemon threads, so this thread keeps the process running.
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /** Lets the message of a refusal name the options that caused it. */
    private static <R> R causedBy(List<String> options, Supplier<R> step) {
        try {
            return step.get();
        } catch (StorageException refusal) {
            throw new OptionException(options, refusal);
        }
    }

    private static String read(Path seed) {
        try {
            return Files.readString(seed);
        } catch (IOException unreadable) {
            throw refused(
                    "--seed",
                    "Cannot read the file given with --seed: " + seed
                            + ". Check that it exists, is readable and is UTF-8.");
        }
    }

    private static OptionException refused(String option, String message) {
        return new OptionException(List.of(option), new StorageException(ErrorCode.INVALID_REQUEST, message));
    }

    private ParameterException invalid(String option, String message) {
        return new ParameterException(spec.commandLine(), message, spec.findOption(option), null);
    }

    private EmulatorConfig config() {
        if (journalSize < 0) {
            throw invalid(
                    "--journal-size",
                    "--journal-size must be 0 or more; 0 turns the journal off. It was " + journalSize + ".");
        }
        if (port < 0 || port > 65_535) {
            throw invalid("--port", "--port must be a number from 0 to 65535. It was " + port + ".");
        }
        for (String name : allowedHosts) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw invalid(
                        "--allowed-host",
                        "--allowed-host must be a host name without a port, for example stowage. It was '" + name
                                + "'.");
            }
        }
        EmulatorConfig.Builder config = EmulatorConfig.builder()
                .host(host)
                .port(port)
                .allowedHosts(allowedHosts)
                .reinstallPolicy(reinstallPolicy)
                .journalCapacity(journalSize);
        if (manualClock != null) {
            config.manualClock(instant(config.build(), manualClock));
        }
        if (adminToken != null) {
            config.adminToken(adminToken);
        }
        Optional<DataDirectory> directory = dataOptions.directory(environment);
        Optional<String> store =
                storeOptions.url(spec.commandLine().getParseResult().originalArgs());
        if (directory.isPresent() && store.isPresent()) {
            throw invalid("--store", "--data and --store are two places for the same data. Use one of them.");
        }
        directory.ifPresent(config::data);
        store.ifPresent(config::store);
        return config.build();
    }

    private Instant instant(EmulatorConfig config, String text) {
        try {
            return text.equals(NOW) || text.equals("true") ? config.systemTime().instant() : Instant.parse(text);
        } catch (DateTimeParseException noInstant) {
            throw invalid(
                    "--manual-clock",
                    "--manual-clock must be an ISO 8601 instant, for example 2026-01-31T12:00:00Z. It was '" + text
                            + "'.");
        }
    }

    /** Scripts parse the last two lines, so their format must not change. */
    private void announce(Emulator emulator, ServedInstall served) {
        PrintWriter out = spec.commandLine().getOut();
        Install install = served.install();
        if (seed != null && !served.isNew()) {
            out.println("Not loaded: " + seed + ". The install " + install.installId()
                    + " was in the data directory or store already and keeps its data.");
        }
        if (manualClock == null && served.app().clock().mode() == EmulatorClock.Mode.MANUAL) {
            out.println("The clock is frozen at " + served.app().clock().instant() + ", as it was before.");
        }
        out.println("Storage for the app '" + served.app().appId() + "', install " + install.installId()
                + dataOptions.describe() + storeOptions.describe()
                + ". Send the key with each request: Authorization: Bearer <apiKey>");
        out.println("apiKey " + install.apiKey());
        out.println("ready " + emulator.url());
        out.flush();
    }

    /** Returns when the other end of standard input is closed. The operating system closes it when that process ends. */
    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // Treated as the end of the input.
        }
    }
}
