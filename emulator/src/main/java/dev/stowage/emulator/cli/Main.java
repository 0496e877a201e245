package dev.stowage.emulator.cli;

import dev.stowage.cli.CommandLineErrors;
import dev.stowage.cli.VersionProvider;
import dev.stowage.storage.StorageException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class of {@code stowage.jar}. Errors are one line on standard error and an exit status other than 0. */
@Command(
        name = "stowage",
        description = "An emulator of the storage of installable apps. The default command is serve.",
        subcommands = ServeCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = Main.StowageVersionProvider.class)
public final class Main {

    /** The exit status after an error while the emulator starts or runs. */
    static final int FAILED = 1;

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    public static void main(String[] args) {
        // Default: one line for each log message, on standard error. A java.util.logging configuration of the user has
        // priority.
        if (System.getProperty("java.util.logging.config.file") == null && System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%4$s %3$s: %5$s%6$s%n");
        }
        int status = run(System.getenv(), args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** @param environment the environment variables; used for options that are not on the command line */
    static int run(Map<String, String> environment, String... args) {
        CommandLine commandLine = new CommandLine(new Main())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CommandLineErrors.invalidOptions("stowage", CommandLine.ExitCode.USAGE))
                .setExecutionExceptionHandler((problem, where, given) -> {
                    if (problem instanceof StorageException) {
                        where.getErr().println("stowage: " + CommandLineErrors.firstLine(problem));
                        return FAILED;
                    }
                    throw problem;
                });
        return commandLine.execute(withCommand(commandLine, args));
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
