package dev.stowage.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;

/** Prints errors as one line on standard error: the program's name and the problem. */
public final class CommandLineErrors {

    private CommandLineErrors() {}

    /**
     * Returns a handler for invalid options.
     *
     * @param program the name at the beginning of the line
     * @param exitCode the exit status of the process
     */
    public static IParameterExceptionHandler invalidOptions(String program, int exitCode) {
        return (problem, arguments) -> {
            CommandLine where = problem.getCommandLine();
            where.getErr().println(program + ": " + firstLine(problem) + " (--help lists the options)");
            return exitCode;
        };
    }

    /** Returns the first line of the exception's message; empty if it has none. */
    public static String firstLine(Exception problem) {
        return String.valueOf(problem.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .trim();
    }
}
