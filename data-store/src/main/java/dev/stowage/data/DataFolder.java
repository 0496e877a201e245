package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a data directory, and the names of the files in it. */
final class DataFolder {

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder if it does not exist, and checks that it and the files in it can be used.
     *
     * @throws StorageException {@code invalid_request} if the path is not a folder or other users can access it, {@code unavailable}
     *     if it can't be created or written
     */
    static DataFolder prepare(Path requested) {
        Path absolute = requested.toAbsolutePath();
        if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            create(absolute);
        }
        DataFolder folder = new DataFolder(realPath(absolute));
        if (!Files.isDirectory(folder.path)) {
            throw invalid(absolute, "is a file, not a folder. Choose another path.");
        }
        FilePermissions.checkPrivate(folder.path, folder.files());
        for (Path file : Stream.concat(
                        Stream.of(folder.path), folder.files().stream().filter(Files::exists))
                .toList()) {
            if (!Files.isWritable(file)) {
                throw new StorageException(
                        ErrorCode.UNAVAILABLE,
                        file
                                + " can't be written: it or its disk is read-only for this user. Choose another directory.");
            }
        }
        return folder;
    }

    private static void create(Path absolute) {
        Path parent = absolute.getParent();
        if (parent != null && !Files.exists(parent)) {
            throw invalid(absolute, "can't be created: " + parent + " does not exist. Create that folder first.");
        }
        if (parent != null && !Files.isDirectory(parent)) {
            throw invalid(absolute, "can't be created: " + parent + " is a file, not a folder.");
        }
        try {
            FilePermissions.createFolder(absolute);
        } catch (FileAlreadyExistsException sameMoment) {
            // Another process has created it: the lock decides which of them uses it.
        } catch (IOException problem) {
            throw unusable("The data directory " + absolute + " can't be created", problem);
        }
    }

    private static Path realPath(Path absolute) {
        try {
            return absolute.toRealPath();
        } catch (NoSuchFileException missing) {
            throw invalid(absolute, "is a symbolic link to a path that does not exist.");
        } catch (FileSystemLoopException loop) {
            throw invalid(absolute, "is a symbolic link that leads back to itself.");
        } catch (IOException problem) {
            if (Files.isSymbolicLink(absolute) && !Files.exists(absolute)) {
                throw invalid(absolute, "is a symbolic link that can't be followed: " + reason(problem) + ".");
            }
            throw unusable("The data directory " + absolute + " can't be read", problem);
        }
    }

    private static StorageException invalid(Path path, String problem) {
        return new StorageException(ErrorCode.INVALID_REQUEST, "The data directory " + path + " " + problem);
    }

    /** @param what for example {@code /data/lock can't be written} */
    static StorageException unusable(String what, IOException problem) {
        return new StorageException(ErrorCode.UNAVAILABLE, what + ": " + reason(problem) + ".", problem);
    }

    private static String reason(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof FileSystemException inFile && inFile.getReason() != null) {
            return inFile.getReason();
        }
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    Path path() {
        return path;
    }

    Path database() {
        return path.resolve("stowage.db");
    }

    Path writeAheadLog() {
        return path.resolve("stowage.db-wal");
    }

    Path lock() {
        return path.resolve("lock");
    }

    /** For the native library of SQLite while it is loaded. */
    Path temporary() {
        return path.resolve("tmp");
    }

    private List<Path> files() {
        return List.of(
                database(),
                writeAheadLog(),
                path.resolve("stowage.db-shm"),
                path.resolve("stowage.db-journal"),
                lock());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
