package dev.stowage.cli;

import java.util.function.Function;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        return invalidOptions(program, exitCode, problem -> "");
    }

    /** As {@link #invalidOptions(String, int)}, with what else there is to say about the problem, behind it in the line. */
    public static IParameterExceptionHandler invalidOptions(
            String program, int exitCode, Function<ParameterException, String> origin) {
        return (problem, arguments) -> {
            problem.getCommandLine()
                    .getErr()
                    .println(
                            program + ": " + describe(problem) + origin.apply(problem) + " (--help lists the options)");
            return exitCode;
        };
    }

    /**
     * Returns the problem in one line. An argument that is not accepted is quoted: picocli's own message has its index, which counts
     * from zero and includes a default command that the user did not type.
     */
    private static String describe(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return firstLine(problem);
        }
        return (unmatched.isUnknownOption() ? "unknown option '" : "unexpected argument '")
                + unmatched.getUnmatched().get(0) + "'";
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
