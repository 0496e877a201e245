package dev.stowage.standalone;

import static dev.stowage.standalone.Options.flag;
import static dev.stowage.standalone.Options.option;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.service.ReinstallPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code stowage serve}, but those about where the data is. */
final class ServeOptions {

    /** The value of {@code --manual-clock} for the current time. */
    static final String NOW = "now";

    private final OptionSpec host = option(
                    "--host", "ADDRESS", String.class, "The address to listen on (default: ${DEFAULT-VALUE}).")
            .defaultValue("127.0.0.1")
            .build();

    private final OptionSpec port = option(
                    "--port",
                    "PORT",
                    int.class,
                    "The port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
            .defaultValue("4300")
            .build();

    private final OptionSpec app = option(
                    "--app",
                    "ID",
                    String.class,
                    "The id of the app that is installed at the start (default: ${DEFAULT-VALUE}).")
            .defaultValue(Emulator.DEFAULT_APP)
            .build();

    private final OptionSpec apiKey = option(
                    "--api-key",
                    "KEY",
                    String.class,
                    "The key of the first install, 27 letters or digits and '='; use it to keep the key across starts"
                            + " (default: a generated key).")
            .build();

    private final OptionSpec appKey = option(
                    "--app-key",
                    "KEY",
                    String.class,
                    "The key of the app's global functions, in the same form (default: a generated key).")
            .build();

    private final OptionSpec manualClock = option(
                    "--manual-clock",
                    "INSTANT",
                    String.class,
                    "Start with a frozen clock, at INSTANT (ISO 8601) or, without INSTANT, at the current time. Time"
                            + " changes only when you set or advance it through /_emulator/clock (default: the clock"
                            + " runs).")
            .arity("0..1")
            .fallbackValue(NOW)
            .build();

    private final OptionSpec reinstallPolicy = option(
                    "--reinstall-policy",
                    "POLICY",
                    ReinstallPolicy.class,
                    "What a reinstall does with the data: delete it (wipe) or keep it (keep) (default: ${DEFAULT-VALUE}).")
            .defaultValue("wipe")
            .build();

    private final OptionSpec adminToken = option(
                    "--admin-token",
                    "TOKEN",
                    String.class,
                    "Token that requests to /_emulator/ must send as a bearer token. Required unless --host is a loopback"
                            + " address.")
            .build();

    private final OptionSpec allowedHosts = option(
                    "--allowed-host",
                    "NAME",
                    Set.class,
                    "A further host name that requests to /_emulator/ may have in their Host header, such as the name"
                            + " of a container. Can be repeated.")
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .build();

    private final OptionSpec readyFile = option(
                    "--ready-file",
                    "FILE",
                    Path.class,
                    "Write url, apiKey, appKey, installId and pid as JSON to FILE when the emulator is ready. The file is"
                            + " deleted when it stops.")
            .build();

    private final OptionSpec stopWithStdin = flag(
                    "--stop-with-stdin",
                    "Stop when standard input closes, so that the emulator also stops when the process that started it"
                            + " exits or is killed.")
            .build();

    private final OptionSpec journalSize = option(
                    "--journal-size",
                    "N",
                    int.class,
                    "How many operations the journal keeps; 0 turns the journal off (default: ${DEFAULT-VALUE}).")
            .defaultValue("10000")
            .build();

    private final OptionSpec seed = option(
                    "--seed",
                    "FILE",
                    Path.class,
                    "Load the document FILE, in the format of an export, into a new install. An install that is in"
                            + " DIR (--data) already keeps its data, and FILE is not loaded.")
            .build();

    List<OptionSpec> all() {
        return List.of(
                host,
                port,
                app,
                apiKey,
                appKey,
                manualClock,
                reinstallPolicy,
                adminToken,
                allowedHosts,
                readyFile,
                stopWithStdin,
                journalSize,
                seed);
    }

    String host() {
        return host.getValue();
    }

    int port() {
        return port.<Integer>getValue();
    }

    String app() {
        return app.getValue();
    }

    @Nullable
    String apiKey() {
        return apiKey.getValue();
    }

    @Nullable
    String appKey() {
        return appKey.getValue();
    }

    /** An instant or {@link #NOW}; null for a clock that runs. */
    @Nullable
    String manualClock() {
        return manualClock.getValue();
    }

    ReinstallPolicy reinstallPolicy() {
        return reinstallPolicy.getValue();
    }

    @Nullable
    String adminToken() {
        return adminToken.getValue();
    }

    Set<String> allowedHosts() {
        @Nullable Set<String> names = allowedHosts.getValue();
        return names == null ? Set.of() : names;
    }

    @Nullable
    Path readyFile() {
        return readyFile.getValue();
    }

    boolean stopWithStdin() {
        return Boolean.TRUE.equals(stopWithStdin.getValue());
    }

    int journalSize() {
        return journalSize.<Integer>getValue();
    }

    @Nullable
    Path seed() {
        return seed.getValue();
    }
}
