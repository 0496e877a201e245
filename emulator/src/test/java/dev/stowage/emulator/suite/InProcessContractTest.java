package dev.stowage.emulator.suite;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;

/** The contract suite against the emulator in this process, without HTTP. */
class InProcessContractTest extends StorageContract {

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new EmulatorUnderTest(
                "the emulator, in process",
                Emulator.start(EmulatorConfig.inProcess()),
                (emulator, install) -> install.storage(),
                (emulator, app) -> app.storage());
    }
}
