package dev.stowage.contract.cli;

import dev.stowage.contract.report.Version;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** {@code java -jar stowage-contract.jar}. What goes wrong with its own options is one line on standard error and the status 2. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The command line, for whoever wants its output elsewhere. */
    public static CommandLine commandLine() {
        return new CommandLine(new ContractCommand()).setParameterExceptionHandler((problem, given) -> {
            CommandLine where = problem.getCommandLine();
            where.getErr().println("stowage-contract: " + oneLine(problem) + " (--help lists the options)");
            return ContractCommand.COULD_NOT_RUN;
        });
    }

    private static String oneLine(Exception problem) {
        return String.valueOf(problem.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .trim();
    }

    /** For {@code --version}. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Stowage contract suite " + Version.current()};
        }
    }
}
