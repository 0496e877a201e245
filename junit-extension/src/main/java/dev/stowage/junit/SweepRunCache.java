package dev.stowage.junit;

import dev.stowage.junit.sweep.SweepRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The names of a sweep's runs from the last time. When just one run is asked for (an IDE does so, by its number), nobody has
 * made the runs that would tell what it is; this does. Kept with the system's temporary files; without it, that run is
 * not there, and {@code @FaultSweep(only = …)} does the same.
 */
final class SweepRunCache {

    private final Path file;

    private SweepRunCache(Path file) {
        this.file = file;
    }

    static SweepRunCache of(ExtensionContext context) {
        UUID name = UUID.nameUUIDFromBytes(context.getUniqueId().getBytes(StandardCharsets.UTF_8));
        String user = System.getProperty("user.name", "nobody").replaceAll("[^A-Za-z0-9._-]", "-");
        return new SweepRunCache(
                Path.of(System.getProperty("java.io.tmpdir"), "stowage-sweeps-" + user, name + ".txt"));
    }

    void remember(List<SweepRun> runs) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, runs.stream().map(SweepRun::toLine).toList());
        } catch (IOException readOnly) {
            // Nothing depends on it but the comfort of running one run by its number.
        }
    }

    boolean isEmpty() {
        return !Files.isReadable(file);
    }

    /** The run of that index; empty if there was none. */
    Optional<SweepRun> recall(int index) {
        try {
            List<String> lines = isEmpty() ? List.of() : Files.readAllLines(file);
            return index < lines.size() ? SweepRun.ofLine(lines.get(index)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
