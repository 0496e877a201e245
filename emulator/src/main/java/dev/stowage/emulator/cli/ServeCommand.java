package dev.stowage.emulator.cli;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.service.ReinstallPolicy;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stowage serve}: starts an emulator with one install, says how to reach it, and serves until it is told to end. */
@Command(
        name = "serve",
        description = "Serves the storage API over HTTP until it is ended.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.StowageVersionProvider.class,
        footer = {
            "",
            "Every option is an environment variable, too: --port is STOWAGE_PORT, and STOWAGE_MANUAL_CLOCK=now",
            " is --manual-clock without an instant."
        })
final class ServeCommand implements Callable<Integer> {

    private static final String NOW = "now";

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
            description = "The app of the first install (default: ${DEFAULT-VALUE}).")
    private String app = "";

    @Option(
            names = "--manual-clock",
            paramLabel = "INSTANT",
            arity = "0..1",
            fallbackValue = NOW,
            description = "Let time stand still until it is moved, from this instant (ISO 8601) or from now.")
    private @Nullable String manualClock;

    @Option(
            names = "--reinstall-policy",
            paramLabel = "POLICY",
            defaultValue = "wipe",
            description = "What a reinstall finds in its stores: nothing (wipe) or the old data (keep)"
                    + " (default: ${DEFAULT-VALUE}).")
    private ReinstallPolicy reinstallPolicy = ReinstallPolicy.WIPE;

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description = "What the control plane wants to be shown; needed on any address but a loopback one.")
    private @Nullable String adminToken;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Write url, apiKey, appKey, installId and pid to this file, as JSON, once it answers.")
    private @Nullable Path readyFile;

    @Option(
            names = "--stop-with-stdin",
            description = "End when the standard input ends. Whoever starts it and holds the other end of that pipe"
                    + " leaves nothing behind, even if it is killed.")
    private boolean stopWithStdin;

    @Option(
            names = "--journal-size",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many operations the journal holds; 0 for none (default: ${DEFAULT-VALUE}).")
    private int journalSize;

    @Option(
            names = "--seed",
            paramLabel = "FILE",
            description = "Load this document, as an export has it, into the first install.")
    private @Nullable Path seed;

    @Override
    public Integer call() throws InterruptedException {
        ReadyFile ready = new ReadyFile(readyFile);
        ready.remove();
        Emulator emulator = Emulator.start(config());
        Install install = emulator.app(app).install();
        if (seed != null) {
            install.load(read(seed));
        }
        ready.write(emulator, install);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(emulator, ready), "stowage-end"));
        announce(emulator, install);
        if (stopWithStdin) {
            awaitEndOfInput();
            end(emulator, ready);
        }
        // The server's threads are daemons, for the sake of tests that forget to close it; a jar that serves stays.
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private static String read(Path seed) {
        try {
            return Files.readString(seed);
        } catch (IOException unreadable) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The seed " + seed + " can't be read. Is it there, in UTF-8, and may you read it?",
                    unreadable);
        }
    }

    private EmulatorConfig config() {
        if (journalSize < 0) {
            throw new ParameterException(
                    spec.commandLine(), "The journal can't hold " + journalSize + " operations; 0 is none.");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "The port must be a number from 0 to 65535; it was " + port + ".");
        }
        EmulatorConfig.Builder config = EmulatorConfig.builder()
                .host(host)
                .port(port)
                .reinstallPolicy(reinstallPolicy)
                .journalCapacity(journalSize);
        if (manualClock != null) {
            config.manualClock(instant(config.build(), manualClock));
        }
        if (adminToken != null) {
            config.adminToken(adminToken);
        }
        return config.build();
    }

    private Instant instant(EmulatorConfig config, String text) {
        try {
            return text.equals(NOW) || text.equals("true") ? config.systemTime().instant() : Instant.parse(text);
        } catch (DateTimeParseException noInstant) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--manual-clock takes an instant by ISO 8601, like 2026-01-31T12:00:00Z; it was '" + text + "'.");
        }
    }

    /** The two last lines are for scripts; they stay as they are. */
    private void announce(Emulator emulator, Install install) {
        PrintWriter out = spec.commandLine().getOut();
        App app = emulator.app(install.appId());
        out.println("Stowage serves the app '" + app.appId() + "'; its install " + install.installId()
                + " has the key below.");
        out.println("apiKey " + install.apiKey());
        out.println("ready " + emulator.url());
        out.flush();
    }

    /** The kernel closes a dead process's end of the pipe, however it died. */
    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // As good as its end: nobody is there to write to it.
        }
    }

    /** A signal is how this ends when all is well, so its status is 0 and not the signal's. */
    private static void end(Emulator emulator, ReadyFile ready) {
        ready.remove();
        emulator.close();
        Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }
}
