package dev.stowage.standalone;

import dev.stowage.cli.CommandLineErrors;
import dev.stowage.cli.VersionProvider;
import dev.stowage.emulator.http.EmulatorServer;
import dev.stowage.storage.StorageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The main class of {@code stowage.jar}. Errors are one line on standard error and an exit status other than 0. */
public final class Main {

    /** The exit status after an error while the emulator starts or runs. */
    static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        Termination termination = new Termination();
        termination.install();
        configure();
        prepareServer();
        try {
            termination.failed(run(System.getenv(), termination, args));
        } catch (Throwable bug) {
            termination.failed(FAILED);
            throw bug;
        }
        termination.exit();
    }

    /** Sets properties of the JVM, unless the user has set them. */
    static void configure() {
        // Default: one line for each log message, on standard error. A java.util.logging configuration of the user has
        // priority.
        if (System.getProperty("java.util.logging.config.file") == null) {
            setDefault("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
        }
        // Jetty lists all locales. The program speaks no language but English, and to read those of others takes a
        // tenth of a start.
        setDefault("java.locale.providers", "SPI");
        // No option has such a type, and picocli would load their modules.
        setDefault("picocli.converters.excludes", "java[.](sql|time)[.].*");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Loads the server's classes while the command line is read: a start waits for little else. */
    static void prepareServer() {
        Thread thread = new Thread(EmulatorServer::prepare, "stowage-prepare");
        thread.setDaemon(true);
        // What fails here fails again at the start, which says so.
        thread.setUncaughtExceptionHandler((failed, problem) -> {});
        thread.start();
    }

    private static CommandSpec command(Termination termination, Map<String, String> environment) {
        VersionProvider version = new StowageVersionProvider();
        CommandSpec stowage = CommandSpec.create().name("stowage");
        stowage.usageMessage()
                .description("An emulator of the storage of installable apps. The default command is serve.");
        return Options.withHelp(stowage, version)
                .addSubcommand("serve", new CommandLine(new ServeCommand(termination, environment).spec(version)));
    }

    /** @param environment the environment variables; used for options that are not on the command line */
    static int run(Map<String, String> environment, Termination termination, String... args) {
        EnvironmentDefaults defaults = new EnvironmentDefaults(environment, args);
        CommandLine commandLine = new CommandLine(command(termination, environment))
                .setDefaultValueProvider(defaults)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CommandLineErrors.invalidOptions(
                        "stowage",
                        CommandLine.ExitCode.USAGE,
                        problem -> defaults.origin(
                                problem.getArgSpec() instanceof OptionSpec option
                                        ? List.of(option.longestName())
                                        : List.of())))
                .setExecutionExceptionHandler((problem, where, given) -> {
                    if (problem instanceof StorageException || problem instanceof OptionException) {
                        List<String> options = problem instanceof OptionException of ? of.options() : List.of();
                        where.getErr()
                                .println("stowage: " + CommandLineErrors.firstLine(problem) + defaults.origin(options));
                        return FAILED;
                    }
                    throw problem;
                });
        defaults.unknown(commandLine)
                .forEach(name -> commandLine
                        .getErr()
                        .println("stowage: the environment variable " + name
                                + " is not an option and is ignored (--help lists the options)"));
        return commandLine.execute(withCommand(commandLine, args));
    }

    /** Prints a problem that must not stop the end of the process. */
    static void printError(Exception problem) {
        PrintWriter err = new CommandLine(CommandSpec.create()).getErr();
        err.println("stowage: " + CommandLineErrors.firstLine(problem));
        err.flush();
    }

    /** Adds the default command: {@code --port 0} becomes {@code serve --port 0}. */
    private static String[] withCommand(CommandLine commandLine, String... args) {
        boolean named = args.length > 0
                && (commandLine.getSubcommands().containsKey(args[0])
                        || args[0].equals("-V")
                        || args[0].equals("--version"));
        if (named) {
            return args;
        }
        String[] serve = new String[args.length + 1];
        serve[0] = "serve";
        System.arraycopy(args, 0, serve, 1, args.length);
        return serve;
    }

    /** The text of {@code --version}. */
    static final class StowageVersionProvider extends VersionProvider {
        StowageVersionProvider() {
            super("Stowage");
        }
    }
}
