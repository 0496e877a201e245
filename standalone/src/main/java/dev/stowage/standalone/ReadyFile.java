package dev.stowage.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file that tells the starting process that the emulator is ready and how to reach it. It is written atomically and can be
 * read by its owner only, because it contains keys. The emulator never replaces what is not a regular file, and never replaces or
 * deletes the file of another emulator that runs. Thread-safe.
 */
final class ReadyFile {

    private static final int CONNECT_MILLIS = 500;

    private final @Nullable Path file;
    private byte @Nullable [] written;
    private boolean deleted;

    /** @param file null if no ready file is written */
    ReadyFile(@Nullable Path file) {
        this.file = file == null ? null : file.toAbsolutePath();
    }

    /**
     * Deletes the file of an earlier run.
     *
     * @throws StorageException if the path is not a regular file, or if the file belongs to another emulator that runs
     */
    void deleteOld() {
        if (file == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("The ready file " + file + " is " + kindOf(file)
                    + " and not a regular file, so it is not replaced. Choose another path.");
        }
        try {
            String owner = runningOwner(Files.readAllBytes(file));
            if (owner != null) {
                throw refused("The ready file " + file + " belongs to another emulator, which runs at " + owner
                        + ". Stop it or choose another path.");
            }
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    private static String kindOf(Path path) {
        if (Files.isSymbolicLink(path)) {
            return "a symbolic link";
        }
        return Files.isDirectory(path) ? "a directory" : "a device or pipe";
    }

    /** The URL in the content, if the process that wrote it is another one that still accepts connections there. */
    private static @Nullable String runningOwner(byte[] content) {
        try {
            JsonNode ready = new JsonMapper().readTree(content);
            long pid = ready.path("pid").asLong();
            URI url = URI.create(ready.path("url").asText());
            boolean other = pid != 0
                    && pid != ProcessHandle.current().pid()
                    && ProcessHandle.of(pid).isPresent();
            return other && url.getHost() != null && acceptsConnections(url) ? url.toString() : null;
        } catch (IOException | IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static boolean acceptsConnections(URI url) {
        String host = url.getHost().replaceAll("^\\[|]$", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, url.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException gone) {
            return false;
        }
    }

    /** Writes the file, unless {@link #delete} was called before. */
    synchronized void write(Emulator emulator, Install install) {
        if (file == null || deleted) {
            return;
        }
        // Without a mapper, whose classes take a tenth of a second to load.
        byte[] content = WireJson.encode(json -> {
            json.writeStartObject();
            json.writeStringField("url", emulator.url().toString());
            json.writeStringField("apiKey", install.apiKey());
            json.writeStringField("appKey", emulator.app(install.appId()).appKey());
            json.writeNumberField("installId", install.installId());
            json.writeNumberField("pid", ProcessHandle.current().pid());
            json.writeEndObject();
        });
        Path draft = null;
        try {
            // Only the owner can read and write a temporary file (mode 0600); the rename keeps that.
            draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = content;
        } catch (IOException problem) {
            deleteDraft(draft);
            throw unwritable(problem);
        }
    }

    private static void deleteDraft(@Nullable Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException problem) {
            // The caller reports the first problem.
            return;
        }
    }

    /**
     * Deletes the file if it is still the one that this process wrote. From now on, {@link #write} does nothing.
     *
     * @throws StorageException if the file can't be deleted
     */
    synchronized void delete() {
        deleted = true;
        if (file == null || written == null) {
            return;
        }
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(written, Files.readAllBytes(file))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException alreadyDeleted) {
            return;
        } catch (IOException problem) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "Cannot delete the ready file " + file + ": "
                            + problem.getClass().getSimpleName() + ". Delete it yourself; it contains keys.",
                    problem);
        }
    }

    private StorageException unwritable(IOException problem) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "Cannot write the ready file " + file + ". Check that its folder exists and is writable.",
                problem);
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
