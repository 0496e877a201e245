package dev.stowage.emulator.suite;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.emulator.Emulator;
import dev.stowage.storage.http.HttpStorage;

/** The contract suite against the Java client, with the emulator behind it. */
class JavaClientContractTest extends StorageContract {

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new EmulatorUnderTest(
                "the Java client, over HTTP",
                Emulator.start(),
                (emulator, install) -> HttpStorage.connect(emulator.url(), install.apiKey()),
                (emulator, app) -> HttpStorage.connect(emulator.url(), app.appKey()));
    }
}
