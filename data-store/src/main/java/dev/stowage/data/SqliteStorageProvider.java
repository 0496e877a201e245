package dev.stowage.data;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.DurableStorage;
import dev.stowage.emulator.record.DurableStorageProvider;

/**
 * Opens data directories that contain an SQLite database.
 *
 * <p>A data directory contains:
 *
 * <ul>
 *   <li>{@code stowage.db}: the database; {@code stowage.db-wal} and {@code stowage.db-shm} beside it while it is open, and after a
 *       crash;
 *   <li>{@code lock}: a file that the process that uses the directory has locked. It contains the id of that process.
 * </ul>
 *
 * <p>The directory has the mode 0700, and each file 0600. A directory or file that other users can access is refused. File systems
 * without POSIX permissions are used without this check.
 *
 * <p><b>Secrets.</b> With a {@linkplain DataDirectory#key() key}, the content of the records of {@code secrets} stores is encrypted
 * with AES-256-GCM. Everything else is not, including names of secrets and the keys of installs. If the directory already contains
 * secrets that are not encrypted, they are encrypted when it is opened with a key for the first time. From then on it can be opened
 * with that key only.
 */
public final class SqliteStorageProvider implements DurableStorageProvider {

    /** Creates a provider; {@link java.util.ServiceLoader} calls this. */
    public SqliteStorageProvider() {}

    @Override
    public DurableStorage open(DataDirectory directory) {
        return SqliteStorage.open(directory, Schema.CURRENT);
    }
}
