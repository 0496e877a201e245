package dev.stowage.contract.cli;

import dev.stowage.contract.backend.RestartFailedException;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.http.KeysUnderTest;
import dev.stowage.contract.http.WireProtocolUnderTest;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.PropertyMethod;
import dev.stowage.contract.report.Reports;
import dev.stowage.contract.report.TerminalTable;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the contract against a service. */
@Command(
        name = "stowage-contract",
        description = "Tests a service that implements the wire protocol against the storage contract, and reports"
                + " for each clause whether it held or is broken.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ContractVersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 if every binding clause that could be checked held; 1 if one is broken; 2 if the"
                    + " suite could not run.",
            "With --install-key no control plane is used: clauses that need one are not checkable, the suite"
                    + " waits for time",
            "to pass, and it deletes every record that it wrote."
        })
final class ContractCommand implements Callable<Integer> {

    static final int COULD_NOT_RUN = 2;

    /** How long a restart may take, as a multiple of the time for a response. */
    private static final int RESTART_TIMEOUTS = 5;

    private static final List<String> DURABILITY = Chapters.properties().stream()
            .filter(property -> property.property().lane() == Lane.RESTART)
            .map(PropertyMethod::clause)
            .toList();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description =
                    "The URL of the service, such as http://127.0.0.1:4300. Given several times: servers that are one"
                            + " service, because they share its storage. The clients are spread over them.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description = "The token that the control plane requires (default: none).")
    private @Nullable String adminToken;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The random seed; the same seed generates the same values (default: random).")
    private @Nullable Long seed;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "" + SuiteOptions.DEFAULT_TRIES,
            description = "How often each property is tried; the time limit grows with it (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "How long the run may take; what is not tried by then is reported. For a slow service"
                    + " (default: 20 seconds or more, by the number of tries).")
    private @Nullable Integer timeLimit;

    @Option(
            names = "--clauses",
            paramLabel = "GLOB",
            defaultValue = "*",
            description = "Only the clauses that match, such as TTL-* or TTL-*,LIN-1 (default: ${DEFAULT-VALUE}).")
    private String clauses = "";

    @Option(names = "--fail-fast", description = "Stop at the first broken clause.")
    private boolean failFast;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.html, junit.xml and badge.svg into this folder (default: none).")
    private @Nullable Path report;

    @Option(
            names = "--install-key",
            paramLabel = "KEY",
            description = "The API key of an install, for a service without a control plane. Required at least twice,"
                    + " for installs of one app.")
    private List<String> installKeys = new ArrayList<>();

    @Option(
            names = "--app-key",
            paramLabel = "KEY",
            description = "The key of that app's global functions (default: none).")
    private @Nullable String appKey;

    @Option(
            names = "--restart",
            paramLabel = "COMMAND",
            description = "Declares that the state of the service lasts, and makes chapter 12 (DUR-*) binding: a shell"
                    + " command that kills the service (kill -9) and starts it again in the background, on the same"
                    + " URL. The command and the first response may take five times --timeout (default: none;"
                    + " chapter 12 is not checkable).")
    private @Nullable String restart;

    @Option(
            names = "--disturb",
            paramLabel = "COMMAND",
            description = "A shell command that kills, pauses or restarts a part of the service, and ends when that is"
                    + " over and all servers respond again. It runs several times while clients call the service, at"
                    + " moments drawn from the seed; the variable STOWAGE_DISTURBANCE, a number, chooses what it does."
                    + " Takes at most five times --timeout (default: none).")
    private @Nullable String disturb;

    @Option(names = "--strict", description = "Make the clauses that this project decides (E) binding.")
    private boolean strict;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a response may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Predicate<String> wanted = checked();
        long chosenSeed = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000L) : seed;
        StorageUnderTest backend;
        try {
            backend = connect();
            if (DURABILITY.stream().anyMatch(wanted)) {
                tryCommands(backend);
            }
        } catch (NoResponseException | NotCheckableException | RestartFailedException unreachable) {
            return couldNotRun(String.valueOf(unreachable.getMessage()));
        }
        SuiteOptions options = SuiteOptions.of(chosenSeed, tries).with(wanted).failingFast(failFast);
        if (timeLimit != null) {
            options = options.within(Duration.ofSeconds(timeLimit));
        }
        out.println("The storage contract against " + backend.name() + ", seed " + chosenSeed);
        out.flush();
        SuiteResult suiteResult;
        try (ProgressDisplay progress = ProgressDisplay.on(out)) {
            suiteResult = Suite.run(backend, Chapters.properties(), options, progress);
        }
        TerminalTable.print(suiteResult, out);
        if (report != null) {
            try {
                Reports.write(suiteResult, report);
                out.println("The report is in " + report.toAbsolutePath() + ": report.html, junit.xml, badge.svg.");
            } catch (IOException unwritable) {
                return couldNotRun("Cannot write the report to " + report + ": " + unwritable.getMessage());
            }
        }
        out.flush();
        return suiteResult.exitCode();
    }

    /** Shows at once, and not after all other clauses, that a command does not work. */
    private static void tryCommands(StorageUnderTest backend) {
        if (backend.isDurable()) {
            backend.restart();
        }
        if (backend.canBeDisturbed()) {
            backend.disturb(0);
        }
    }

    private Predicate<String> checked() {
        if (tries < 1) {
            throw new ParameterException(spec.commandLine(), "--tries must be at least 1, but was " + tries + ".");
        }
        if (timeLimit != null && timeLimit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--time-limit must be at least 1 second, but was " + timeLimit + ".");
        }
        if (timeout < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout must be at least 1 second, but was " + timeout + ".");
        }
        if (installKeys.size() == 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--install-key is required at least twice, so that the suite can test that installs are"
                            + " separate.");
        }
        if (appKey != null && installKeys.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--app-key requires --install-key.");
        }
        if (restart != null && restart.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--restart requires a command that kills the service and starts it again, but was empty.");
        }
        if (disturb != null && disturb.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--disturb requires a command that disturbs a part of the service, but was empty.");
        }
        Predicate<String> wanted = SuiteOptions.clausePattern(clauses);
        if (Chapters.properties().stream().noneMatch(property -> wanted.test(property.clause()))) {
            throw new ParameterException(spec.commandLine(), "No clause id matches '" + clauses + "'.");
        }
        return wanted;
    }

    private StorageUnderTest connect() {
        List<URI> uris = urls.stream().map(this::uri).toList();
        Duration patience = Duration.ofSeconds(timeout);
        if (installKeys.isEmpty()) {
            HttpUnderTest service = new HttpUnderTest(uris, adminToken, strict, patience);
            service.check();
            return withCommands(service);
        }
        KeysUnderTest service = new KeysUnderTest(uris, installKeys, appKey, strict, patience);
        service.check();
        return withCommands(service);
    }

    private URI uri(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException noUrl) {
            throw new ParameterException(spec.commandLine(), "--url is not a URL: " + url);
        }
        if (uri.getScheme() == null || !uri.getScheme().matches("https?") || uri.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be like http://127.0.0.1:4300, but was '" + url + "'.");
        }
        return uri;
    }

    private StorageUnderTest withCommands(WireProtocolUnderTest service) {
        Duration patience = Duration.ofSeconds(timeout).multipliedBy(RESTART_TIMEOUTS);
        if (restart != null) {
            service.restartBy(restart, patience);
        }
        if (disturb != null) {
            service.disturbBy(disturb, patience);
        }
        return service;
    }

    private int couldNotRun(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("stowage-contract: could not run: " + why);
        err.flush();
        return COULD_NOT_RUN;
    }
}
