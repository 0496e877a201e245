package dev.stowage.data;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite against an emulator with a data directory, in this process. */
class DataStoreContractTest extends StorageContract {

    @TempDir
    private Path folder;

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new DataStoreUnderTest(folder.resolve("data"));
    }
}
