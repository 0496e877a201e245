package dev.stowage.contract.cli;

import dev.stowage.cli.CommandLineErrors;
import dev.stowage.cli.VersionProvider;
import picocli.CommandLine;

/** {@code java -jar stowage-contract.jar}. Invalid options give one line on standard error and exit status 2. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The command line, for callers that redirect its output. */
    public static CommandLine commandLine() {
        return new CommandLine(new ContractCommand())
                .setParameterExceptionHandler(
                        CommandLineErrors.invalidOptions("stowage-contract", ContractCommand.COULD_NOT_RUN));
    }

    /** For {@code --version}. */
    static final class ContractVersionProvider extends VersionProvider {
        ContractVersionProvider() {
            super("Stowage contract suite");
        }
    }
}
