package dev.stowage.data;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.store.RecordStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DataStoreRecordsTest extends RecordStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected RecordStore open() {
        return new InMemoryRecordStore(new SqliteStorageProvider().open(DataDirectory.at(folder.resolve("data"))));
    }

    @Override
    protected int rounds() {
        return 500;
    }
}
