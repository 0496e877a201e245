package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the command line as a process. */
final class CommandLineProcess {

    private CommandLineProcess() {}

    static Process start(Map<String, String> environment, String... args) throws IOException {
        return start(List.of(), environment, args);
    }

    static Process start(List<String> jvmOptions, Map<String, String> environment, String... args) throws IOException {
        return start(Main.class, jvmOptions, environment, args);
    }

    static Process start(Class<?> main, Map<String, String> environment) throws IOException {
        return start(main, List.of(), environment);
    }

    private static Process start(
            Class<?> main, List<String> jvmOptions, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // Starting fast matters more than peak speed.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** As a user has it: the emulator's artifact contains SLF4J under another name, so the other one of this build is left out. */
    private static String classPath() {
        String all = System.getProperty("java.class.path");
        boolean isPackaged =
                CommandLineProcess.class.getClassLoader().getResource("dev/stowage/emulator/shaded/slf4j/Logger.class")
                        != null;
        return isPackaged
                ? Arrays.stream(all.split(File.pathSeparator))
                        .filter(entry -> !entry.contains("slf4j-api"))
                        .collect(Collectors.joining(File.pathSeparator))
                : all;
    }

    static List<String> readUntilReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("ready ")) {
                return lines;
            }
        }
        throw new AssertionError(
                "it ended: " + lines + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    static String failure(Process process) throws Exception {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(error.lines()).as(error).hasSize(1);
        assertThat(error).startsWith("stowage: ").doesNotContain("Exception");
        return error;
    }

    /** Asks the process to stop with SIGTERM; returns what it printed to standard error. */
    static String terminate(Process process) throws Exception {
        process.toHandle().destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(error).isZero();
        return error;
    }
}
