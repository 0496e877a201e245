package dev.stowage.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * The first bytes of a database file. They are checked before SQLite opens the file: a file that is refused is not changed, not even
 * by the recovery of a log beside it. Offsets: <a href="https://www.sqlite.org/fileformat2.html">SQLite's file format</a>.
 */
final class DatabaseHeader {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
    private static final int LENGTH = 100;
    private static final int USER_VERSION = 60;
    private static final int APPLICATION_ID = 68;

    private DatabaseHeader() {}

    /**
     * Creates an empty file if there is none. To be called under the lock and while SQLite has not opened the file: closing a file
     * releases the POSIX locks that the process has on it.
     *
     * @throws StorageException {@code invalid_request} if it is not a database, or not one of this program and of a known format;
     *     {@code unavailable} if it can't be read or created
     */
    static void check(DataFolder folder, Schema schema) {
        Path file = folder.database();
        ByteBuffer header = ByteBuffer.allocate(LENGTH);
        try (FileChannel channel = FilePermissions.open(file, Set.of(READ, WRITE, CREATE))) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // Reads on.
            }
            if (header.position() == 0) {
                checkWithoutLog(folder);
                return;
            }
        } catch (IOException problem) {
            throw DataFolder.unusable(file + " can't be opened", problem);
        }
        byte[] bytes = header.array();
        if (header.hasRemaining() || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw refused(file + " is not an SQLite database");
        }
        int applicationId = header.getInt(APPLICATION_ID);
        if (applicationId != Schema.APPLICATION_ID) {
            throw refused(file + " is an SQLite database of another program (application_id " + applicationId + ")");
        }
        schema.checkFormat(file, header.getInt(USER_VERSION));
    }

    /** SQLite deletes the log of an empty database. */
    private static void checkWithoutLog(DataFolder folder) throws IOException {
        Path log = folder.writeAheadLog();
        if (Files.exists(log) && Files.size(log) > 0) {
            throw refused(folder.database() + " is empty, but its log " + log.getFileName() + " contains data");
        }
    }

    private static StorageException refused(String problem) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                problem + ". It was left as it is. Restore it from a backup, or choose another directory.");
    }
}
