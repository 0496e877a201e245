package dev.stowage.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;

/** Prints an error as one line on standard error: the program's name, the problem, and where the options are listed. */
public final class CommandLineErrors {

    private CommandLineErrors() {}

    /**
     * Handles options that can't be understood.
     *
     * @param program the name at the beginning of the line
     * @param exitCode the status that the process ends with
     */
    public static IParameterExceptionHandler invalidOptions(String program, int exitCode) {
        return (problem, arguments) -> {
            CommandLine where = problem.getCommandLine();
            where.getErr().println(program + ": " + firstLine(problem) + " (--help lists the options)");
            return exitCode;
        };
    }

    /** The first line of the exception's message; empty if it has none. */
    public static String firstLine(Exception problem) {
        return String.valueOf(problem.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .trim();
    }
}
