package dev.stowage.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.LogEntry;
import dev.stowage.storage.StorageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Uses a data directory from a process of its own. */
final class ChildProcess {

    private ChildProcess() {}

    /**
     * @param args {@code crash FOLDER N} writes N records, each in its transaction, and ends without closing anything;
     *     {@code secrets FOLDER N} does the same with encrypted secrets, {@code encrypt FOLDER N} with secrets that are encrypted later; {@code hold FOLDER} opens the folder, prints {@code open}, and closes it at the end of its input
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        if (args[0].equals("secrets")) {
            SecretsTest.writeAndCrash(folder);
        }
        if (args[0].equals("encrypt")) {
            SecretsTest.encryptAndCrash(folder);
        }
        try {
            SqliteStorage storage = Storages.open(folder);
            if (args[0].equals("crash")) {
                for (LogEntry entry : Storages.writeMany(Storages.NOTES, Integer.parseInt(args[2]))) {
                    storage.write(List.of(entry));
                }
                Runtime.getRuntime().halt(0);
            }
            print("open");
            while (System.in.read() >= 0) {
                // Holds the folder.
            }
            storage.close();
        } catch (StorageException refusal) {
            print(refusal.getMessage());
        }
    }

    private static void print(String line) throws IOException {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    static Process start(String command, Path folder) throws IOException {
        return new ProcessBuilder(java(List.of(), command, folder)).start();
    }

    /** Runs the command to its end. */
    static void run(String command, Path folder, String count) throws Exception {
        await(java(List.of(), command, folder, count));
    }

    static void runWithUmask(String umask, String command, Path folder, String count) throws Exception {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        shell.addAll(java(List.of(), command, folder, count));
        await(shell);
    }

    static void runWithTemporaryFolder(Path temporary, String command, Path folder, String count) throws Exception {
        await(java(List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"), command, folder, count));
    }

    private static List<String> java(List<String> options, String command, Path folder, String... more) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildProcess.class.getName()));
        line.addAll(List.of(command, folder.toString()));
        line.addAll(List.of(more));
        return line;
    }

    private static void await(List<String> line) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
