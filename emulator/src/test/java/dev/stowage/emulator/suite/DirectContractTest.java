package dev.stowage.emulator.suite;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.door.StorageUnderTest;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;

/** The contract suite against the emulator in this process, without HTTP. */
class DirectContractTest extends StorageContract {

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new EmulatorUnderTest(
                "the emulator, in process",
                Emulator.start(EmulatorConfig.inProcess()),
                (emulator, install) -> install.storage(),
                (emulator, app) -> app.storage());
    }
}
