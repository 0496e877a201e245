package dev.stowage.junit;

import dev.stowage.emulator.sweep.SweepRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stores the runs of a sweep in a temporary file, so that one run can be selected by its number, as an IDE does: the runs
 * without a fault, which would find it, do not happen then. Without the file, select the run with {@code @FaultSweep(only = …)}.
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
        } catch (IOException unwritable) {
            // Only the selection of one run by its number needs the file.
        }
    }

    boolean isEmpty() {
        return !Files.isReadable(file);
    }

    /** The run with this index; empty if there is none. */
    Optional<SweepRun> recall(int index) {
        try {
            List<String> lines = isEmpty() ? List.of() : Files.readAllLines(file);
            return index < lines.size() ? SweepRun.ofLine(lines.get(index)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
