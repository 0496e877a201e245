package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other users out of a data directory. A file gets its permissions when it is created, so that at no moment it has others.
 * Does nothing on file systems without POSIX permissions.
 */
final class FilePermissions {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private FilePermissions() {}

    /** Creates a folder with the mode 0700, and makes its name durable where the system can do that. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, attributes(folder, FOLDER));
        Path parent = folder.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(parent == null ? folder : parent, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notForFolders) {
            // Windows does not open folders as files, and needs no such step.
        }
    }

    /** Opens a file, which gets the mode 0600 if this creates it. */
    static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options, attributes(file, FILE));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Checks that only the owner can access the folder and those of the files that exist.
     *
     * @throws StorageException {@code invalid_request} with the command that corrects it
     */
    static void checkPrivate(Path folder, List<Path> files) {
        if (isShared(folder)) {
            throw tooWide(folder + " can be accessed by other users", "chmod 700 " + quoted(folder));
        }
        List<Path> shared = files.stream().filter(FilePermissions::isShared).toList();
        if (!shared.isEmpty()) {
            throw tooWide(
                    shared.get(0) + " can be accessed by other users",
                    "chmod 600 " + shared.stream().map(FilePermissions::quoted).collect(Collectors.joining(" ")));
        }
    }

    private static StorageException tooWide(String problem, String command) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST, problem + ", but it contains keys and secrets. Run: " + command);
    }

    private static boolean isShared(Path path) {
        Set<PosixFilePermission> permissions = permissionsOf(path);
        return permissions != null
                && permissions.stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    }

    /** Null if the file does not exist or has no POSIX permissions. */
    private static @Nullable Set<PosixFilePermission> permissionsOf(Path path) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null || !Files.exists(path)) {
            return null;
        }
        try {
            return view.readAttributes().permissions();
        } catch (IOException problem) {
            throw DataFolder.unusable("The permissions of " + path + " can't be read", problem);
        }
    }

    /** The path as an argument of a shell. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+:@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
