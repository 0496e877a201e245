package dev.stowage.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Measures {@link ColdStart} with the classes of a jar: of this version, or of another one. */
final class InProcessStart implements AutoCloseable {

    private final Path folder;

    /** Only this class comes from here; a jar of another version has all others itself. */
    InProcessStart() throws IOException {
        folder = Folders.create();
        String file = ColdStart.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        try (InputStream compiled =
                Objects.requireNonNull(ColdStart.class.getClassLoader().getResourceAsStream(file))) {
            Files.copy(compiled, copy);
        }
    }

    /** Returns the time of one start, in milliseconds. */
    double millis(Path jar) throws IOException {
        Process process = new ProcessBuilder(
                        List.of(JvmCommand.JAVA, "-cp", folder + File.pathSeparator + jar, ColdStart.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException(jar + " did not start in process");
            }
            return Double.parseDouble(line);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
