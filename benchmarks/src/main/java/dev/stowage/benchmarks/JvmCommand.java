package dev.stowage.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start a JVM like this one. */
final class JvmCommand {

    /** The program of this JVM. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JvmCommand() {}

    /** Returns the command that runs {@link Main} with these arguments. */
    static List<String> of(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
