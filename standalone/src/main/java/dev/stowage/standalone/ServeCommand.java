package dev.stowage.standalone;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.record.DataDirectory;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code stowage serve}: starts an emulator with one install, prints how to reach it, and serves until it is stopped. */
final class ServeCommand implements Callable<Integer> {

    /** The first operations come before the rest of the server is loaded. A request to it before that starts it itself. */
    private static final int CONTROL_PLANE_DELAY_MILLIS = 200;

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final ServeOptions options = new ServeOptions();
    private final DataOptions dataOptions = new DataOptions();
    private final StoreOptions storeOptions = new StoreOptions();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private final Termination termination;

    private final Map<String, String> environment;

    ServeCommand(Termination termination, Map<String, String> environment) {
        this.termination = termination;
        this.environment = environment;
    }

    /** Returns the command with its options. */
    CommandSpec spec(IVersionProvider version) {
        spec.name("serve")
                .usageMessage()
                .description("Serves the storage API over HTTP until it is stopped.")
                .footer(
                        "",
                        "Each option can be set with an environment variable, for example --port with STOWAGE_PORT.",
                        "STOWAGE_MANUAL_CLOCK=now is --manual-clock without INSTANT.",
                        "",
                        "Send the printed apiKey with each request: Authorization: Bearer <apiKey>",
                        "To test a storage service with the contract suite: ./stowage contract --help");
        options.all().forEach(spec::addOption);
        dataOptions.all().forEach(spec::addOption);
        storeOptions.all().forEach(spec::addOption);
        return Options.withHelp(spec, version);
    }

    @Override
    public Integer call() throws InterruptedException {
        EmulatorConfig config = config();
        @Nullable Path seed = options.seed();
        @Nullable String document = seed == null ? null : read(seed);
        ReadyFile ready = new ReadyFile(options.readyFile());
        causedBy(List.of("--ready-file"), () -> {
            ready.deleteOld();
            return ready;
        });
        Emulator emulator = causedBy(
                List.of("--host", "--port", "--admin-token", "--allowed-host", "--data", "--data-key-file", "--store"),
                () -> Emulator.start(config));
        termination.atEnd(emulator::close);
        ServedInstall served = causedBy(
                List.of("--app", "--app-key", "--api-key"),
                () -> ServedInstall.in(emulator, options.app(), options.appKey(), options.apiKey()));
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
        CompletableFuture.delayedExecutor(CONTROL_PLANE_DELAY_MILLIS, TimeUnit.MILLISECONDS)
                .execute(emulator::startControlPlane);
        if (options.stopWithStdin()) {
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
        int journalSize = options.journalSize();
        if (journalSize < 0) {
            throw invalid(
                    "--journal-size",
                    "--journal-size must be 0 or more; 0 turns the journal off. It was " + journalSize + ".");
        }
        int port = options.port();
        if (port < 0 || port > 65_535) {
            throw invalid("--port", "--port must be a number from 0 to 65535. It was " + port + ".");
        }
        for (String name : options.allowedHosts()) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw invalid(
                        "--allowed-host",
                        "--allowed-host must be a host name without a port, for example stowage. It was '" + name
                                + "'.");
            }
        }
        EmulatorConfig.Builder config = EmulatorConfig.builder()
                .host(options.host())
                .port(port)
                .allowedHosts(options.allowedHosts())
                .reinstallPolicy(options.reinstallPolicy())
                .journalCapacity(journalSize);
        @Nullable String manualClock = options.manualClock();
        if (manualClock != null) {
            config.manualClock(instant(config.build(), manualClock));
        }
        @Nullable String adminToken = options.adminToken();
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
            return text.equals(ServeOptions.NOW) || text.equals("true")
                    ? config.systemTime().instant()
                    : Instant.parse(text);
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
        if (options.seed() != null && !served.isNew()) {
            out.println("Not loaded: " + options.seed() + ". The install " + install.installId()
                    + " was in the data directory or store already and keeps its data.");
        }
        if (options.manualClock() == null && served.app().clock().mode() == EmulatorClock.Mode.MANUAL) {
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
