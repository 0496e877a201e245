package dev.stowage.contract.cli;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.http.KeysUnderTest;
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
        description =
                "Runs the storage contract against a service that speaks its wire protocol, and says clause by clause what"
                        + " holds and what is broken.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ContractVersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "The status is 0 where every clause that counts held, 1 where one was broken, 2 where it could not run.",
            "With --install-key there is no control plane: what needs one is not checkable, time is waited for, and what was",
            "written is deleted again."
        })
final class ContractCommand implements Callable<Integer> {

    static final int COULD_NOT_RUN = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where the service listens.")
    private String url = "";

    @Option(names = "--admin-token", paramLabel = "TOKEN", description = "What the control plane wants to be shown.")
    private @Nullable String adminToken;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draw the same values again (default: another one each time).")
    private @Nullable Long seed;

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "" + SuiteOptions.DEFAULT_TRIES,
            description = "How often each property is tried, and so how long all takes (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Option(
            names = "--clauses",
            paramLabel = "GLOB",
            defaultValue = "*",
            description = "Only these: TTL-*, or several with commas between (default: ${DEFAULT-VALUE}).")
    private String clauses = "";

    @Option(names = "--fail-fast", description = "End at the first clause that is broken.")
    private boolean failFast;

    @Option(names = "--report", paramLabel = "DIR", description = "Write JUnit XML, a page of HTML and a badge there.")
    private @Nullable Path report;

    @Option(
            names = "--install-key",
            paramLabel = "KEY",
            description =
                    "The key of an install; twice or more, for installs of one app, where there is no control plane.")
    private List<String> installKeys = new ArrayList<>();

    @Option(names = "--app-key", paramLabel = "KEY", description = "The key of that app's global functions.")
    private @Nullable String appKey;

    @Option(names = "--strict", description = "Count the clauses that this project decided (E), too.")
    private boolean strict;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long an answer may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Predicate<String> wanted = checked();
        long chosenSeed = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000L) : seed;
        StorageUnderTest backend;
        try {
            backend = connect();
        } catch (NoResponseException | NotCheckableException unreachable) {
            return couldNotRun(String.valueOf(unreachable.getMessage()));
        }
        SuiteOptions options = SuiteOptions.of(chosenSeed, tries).with(wanted).failingFast(failFast);
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
                return couldNotRun("The report can't be written to " + report + ": " + unwritable.getMessage());
            }
        }
        out.flush();
        return suiteResult.exitCode();
    }

    private Predicate<String> checked() {
        if (tries < 1) {
            throw new ParameterException(spec.commandLine(), "--tries must be at least 1; it was " + tries + ".");
        }
        if (timeout < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout must be at least 1 second; it was " + timeout + ".");
        }
        if (installKeys.size() == 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--install-key is needed at least twice: one install can't be told from another.");
        }
        if (appKey != null && installKeys.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--app-key goes with --install-key.");
        }
        Predicate<String> wanted = SuiteOptions.clausePattern(clauses);
        if (Chapters.properties().stream().noneMatch(property -> wanted.test(property.clause()))) {
            throw new ParameterException(spec.commandLine(), "No clause has an id like '" + clauses + "'.");
        }
        return wanted;
    }

    private StorageUnderTest connect() {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException noUrl) {
            throw new ParameterException(spec.commandLine(), "--url is no address: " + url);
        }
        if (uri.getScheme() == null || !uri.getScheme().matches("https?") || uri.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be like http://127.0.0.1:4300; it was '" + url + "'.");
        }
        Duration patience = Duration.ofSeconds(timeout);
        if (installKeys.isEmpty()) {
            HttpUnderTest service = new HttpUnderTest(uri, adminToken, strict, patience);
            service.check();
            return service;
        }
        KeysUnderTest service = new KeysUnderTest(uri, installKeys, appKey, strict, patience);
        service.check();
        return service;
    }

    private int couldNotRun(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("stowage-contract: could not run: " + why);
        err.flush();
        return COULD_NOT_RUN;
    }
}
