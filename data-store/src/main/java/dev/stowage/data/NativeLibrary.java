package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite. Its driver unpacks a native library; this lets it do so in the data directory and not in the system's folder for
 * temporary files, where each process that is killed would leave a copy. Once loaded, the copy is deleted.
 */
final class NativeLibrary {

    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    /** More than the size of the library on any platform. */
    private static final int SPACE_BYTES = 2 * 1024 * 1024;

    private static final Logger DRIVER_LOG = Logger.getLogger(SQLiteJDBCLoader.class.getName());

    private NativeLibrary() {}

    /** @throws StorageException {@code unavailable} if it can't be loaded */
    static synchronized void load(DataFolder folder) {
        Path temporary = folder.temporary();
        delete(temporary);
        try {
            FilePermissions.createFolder(temporary);
            load(temporary);
        } catch (IOException problem) {
            throw DataFolder.unusable(temporary + " can't be created", problem);
        } catch (Exception | LinkageError problem) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The native library of SQLite can't be loaded from " + temporary + ": " + reason(temporary)
                            + ". Correct this, or set the system property " + FOLDER_PROPERTY + " to another folder.",
                    problem);
        } finally {
            delete(temporary);
        }
    }

    private static void load(Path temporary) throws Exception {
        String configured = System.getProperty(FOLDER_PROPERTY);
        Level level = DRIVER_LOG.getLevel();
        if (configured == null) {
            System.setProperty(FOLDER_PROPERTY, temporary.toString());
        }
        // The driver also throws what it logs.
        DRIVER_LOG.setLevel(Level.OFF);
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            DRIVER_LOG.setLevel(level);
            if (configured == null) {
                System.clearProperty(FOLDER_PROPERTY);
            }
        }
    }

    /** The driver's own message does not say why it failed. */
    private static String reason(Path temporary) {
        try {
            Files.write(temporary.resolve("space"), new byte[SPACE_BYTES]);
            return "the disk may not allow programs to run from it (noexec), or the driver has no library for this platform";
        } catch (IOException full) {
            return "it can't be unpacked there (" + full.getMessage() + ")";
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
