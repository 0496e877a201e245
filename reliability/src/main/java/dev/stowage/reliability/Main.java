package dev.stowage.reliability;

import dev.stowage.cli.CommandLineErrors;
import dev.stowage.reliability.cluster.ClusterCommand;
import dev.stowage.reliability.fuzz.FuzzCommand;
import dev.stowage.reliability.kill.KillCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar stowage-reliability.jar}: status 0 if nothing broke, 1 if something did, 2 if a program could not run. */
@Command(
        name = "stowage-reliability",
        description = "Tries to break emulators, and reports what broke.",
        subcommands = {FuzzCommand.class, KillCommand.class, ClusterCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(
                        CommandLineErrors.invalidOptions("stowage-reliability", CommandLine.ExitCode.USAGE));
    }
}
