package dev.stowage.data;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.DurableStorage;
import dev.stowage.emulator.record.LogEntry;
import dev.stowage.emulator.record.Partition;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Keeps records in an SQLite database (DUR-1). A list of entries is one transaction (DUR-2); with {@link
 * dev.stowage.emulator.record.Durability#PROCESS} it is in the system's page cache when the transaction ends, with {@code DISK} on
 * the disk.
 */
final class SqliteStorage implements DurableStorage {

    /** Records of a dropped partition that one {@link #tidyUp} deletes: writers wait for a few milliseconds at most. */
    static final int TIDIED_AT_ONCE = 500;

    private final DataFolder folder;
    private final DirectoryLock lock;
    private final Database database;
    private final PartitionTable partitions;
    private final RecordTable records;
    private boolean failed;
    private boolean closed;

    private SqliteStorage(
            DataFolder folder, DirectoryLock lock, Database database, PartitionTable partitions, RecordTable records) {
        this.folder = folder;
        this.lock = lock;
        this.database = database;
        this.partitions = partitions;
        this.records = records;
    }

    /** @throws StorageException see {@link SqliteStorageProvider#open} */
    static SqliteStorage open(DataDirectory directory, Schema schema) {
        DataFolder folder = DataFolder.prepare(directory.path());
        DirectoryLock lock = DirectoryLock.acquire(folder);
        try {
            DatabaseHeader.check(folder, schema);
            NativeLibrary.load(folder);
            return open(directory, folder, lock, Database.open(folder, directory.durability(), schema));
        } catch (RuntimeException | Error problem) {
            lock.close();
            throw problem;
        }
    }

    private static SqliteStorage open(
            DataDirectory directory, DataFolder folder, DirectoryLock lock, Database database) {
        try {
            SecretsCipher cipher = new SecretsKey(folder, database).unlock(directory.key());
            PartitionTable partitions = new PartitionTable(database);
            return new SqliteStorage(folder, lock, database, partitions, new RecordTable(folder, database, cipher));
        } catch (SQLException problem) {
            database.close();
            throw SqliteProblems.translate(folder, problem);
        } catch (RuntimeException | Error problem) {
            database.close();
            throw problem;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws StorageException {@code unavailable} if the content is damaged or can't be read. The storage is closed then
     */
    @Override
    public void load(Loader loader) {
        try {
            database.transaction(() -> {
                partitions.load(loader);
                records.load(partitions, loader);
            });
        } catch (SQLException problem) {
            close();
            throw SqliteProblems.translate(folder, problem);
        } catch (RuntimeException | Error problem) {
            close();
            throw problem;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws StorageException {@code unavailable} if the entries could not be written. All later calls fail, too: after a failed
     *     write, a disk can report success for data that it has lost
     */
    @Override
    public void write(List<LogEntry> entries) {
        Batch batch = new Batch(entries);
        change(() -> {
            for (Partition partition : batch.drops()) {
                partitions.drop(partition);
            }
            for (Map.Entry<Partition, Batch.Changes> changes : batch.changes().entrySet()) {
                Partition partition = changes.getKey();
                long id = partitions.saveVersion(partition, changes.getValue().lastVersion());
                records.save(partition, id, changes.getValue().records());
            }
        });
        partitions.committed();
    }

    /** {@inheritDoc} */
    @Override
    public boolean tidyUp() {
        Long dropped = partitions.nextDropped();
        if (dropped == null) {
            return false;
        }
        boolean[] empty = new boolean[1];
        try {
            database.transaction(() -> {
                empty[0] = records.removeSome(dropped, TIDIED_AT_ONCE);
                if (empty[0]) {
                    partitions.deleteNextDropped();
                }
            });
        } catch (SQLException later) {
            // Nothing depends on it. It is tried again after the next write, or at the next start.
            return false;
        }
        if (empty[0]) {
            partitions.forgetNextDropped();
        }
        return partitions.nextDropped() != null;
    }

    private void change(Database.Work work) {
        if (failed || closed) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The data directory " + folder
                            + (closed ? " was closed." : " can't be written since an earlier write failed."));
        }
        try {
            database.transaction(work);
        } catch (SQLException problem) {
            failed = true;
            throw SqliteProblems.translate(folder, problem);
        } catch (RuntimeException | Error problem) {
            failed = true;
            throw problem;
        }
    }

    /** For tests: see {@link Database#limitPages}. */
    void limitPages(int pages) throws SQLException {
        database.limitPages(pages);
    }

    /** Writes SQLite's log into the database file, and releases the directory. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            database.close();
        } finally {
            lock.close();
        }
    }
}
