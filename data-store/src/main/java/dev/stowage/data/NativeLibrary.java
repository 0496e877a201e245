package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite. Its driver extracts a native library; this lets it do so in the data directory and not in the system's folder for
 * temporary files, where each process that is killed would leave a copy. Once loaded, the copy is deleted.
 */
final class NativeLibrary {

    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** @throws StorageException {@code unavailable} if it can't be loaded */
    static synchronized void load(DataFolder folder) {
        Path temporary = folder.temporary();
        delete(temporary);
        String configured = System.getProperty(FOLDER_PROPERTY);
        try {
            FilePermissions.createFolder(temporary);
            if (configured == null) {
                System.setProperty(FOLDER_PROPERTY, temporary.toString());
            }
            SQLiteJDBCLoader.initialize();
        } catch (IOException problem) {
            throw DataFolder.unusable(temporary + " can't be created", problem);
        } catch (Exception | LinkageError problem) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The native library of SQLite can't be loaded from " + temporary + ": " + problem.getMessage()
                            + ". If programs must not run from that disk, set the system property " + FOLDER_PROPERTY
                            + " to a folder from which they may.",
                    problem);
        } finally {
            if (configured == null) {
                System.clearProperty(FOLDER_PROPERTY);
            }
            delete(temporary);
        }
    }

    /** Deletes what can be deleted. Windows does not delete a library that is in use: the next start does. */
    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException inUse) {
            // The next start tries it again.
        }
    }
}
