package dev.stowage.data;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps a data directory to one process, and within the process to one storage. The operating system releases the lock when the
 * process ends, so no lock is left behind by a crash; the file stays.
 */
final class DirectoryLock implements AutoCloseable {

    /** Behind the text of the file: where locks are mandatory, another process can still read the text. */
    private static final long LOCKED_BYTE = 1 << 20;

    private static final int LONGEST_PID = 20;

    /**
     * The directories that this process uses. They are checked before the file is opened: closing it again would release the lock
     * that the process already has, as POSIX locks belong to a process and a file and not to a channel.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    /** Channels whose closing would release a lock of the same process, taken by this class in another class loader. */
    private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path folder;
    private final FileChannel channel;

    private DirectoryLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws StorageException {@code unavailable} if the directory is in use, or can't be written */
    static DirectoryLock acquire(DataFolder folder) {
        if (!IN_USE.add(folder.path())) {
            throw usedByThisProcess(folder);
        }
        boolean acquired = false;
        try {
            DirectoryLock lock = new DirectoryLock(folder.path(), lock(folder));
            acquired = true;
            return lock;
        } catch (IOException problem) {
            throw DataFolder.unusable(folder.lock() + " can't be locked", problem);
        } finally {
            if (!acquired) {
                IN_USE.remove(folder.path());
            }
        }
    }

    private static FileChannel lock(DataFolder folder) throws IOException {
        FileChannel channel = FilePermissions.open(folder.lock(), Set.of(READ, WRITE, CREATE));
        boolean keepOpen = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw inUse(folder, "another process" + pidIn(channel), "Stop it");
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            keepOpen = true;
        } catch (OverlappingFileLockException sameProcess) {
            KEPT_OPEN.add(channel);
            keepOpen = true;
            throw usedByThisProcess(folder);
        } finally {
            if (!keepOpen) {
                channel.close();
            }
        }
        return channel;
    }

    private static StorageException usedByThisProcess(DataFolder folder) {
        return inUse(
                folder,
                "another emulator of this process (pid "
                        + ProcessHandle.current().pid() + ")",
                "Close that emulator");
    }

    private static StorageException inUse(DataFolder folder, String user, String cure) {
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                "The data directory " + folder + " is in use by " + user + ". " + cure
                        + ", or choose another directory.");
    }

    private static String pidIn(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return pid.matches("[0-9]+") ? " (pid " + pid + ")" : "";
    }

    private static void write(FileChannel channel, String pid) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(pid + "\n"), 0);
    }

    /** Releases the lock. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException problem) {
            throw DataFolder.unusable("The lock of " + folder + " can't be released", problem);
        } finally {
            IN_USE.remove(folder);
        }
    }
}
