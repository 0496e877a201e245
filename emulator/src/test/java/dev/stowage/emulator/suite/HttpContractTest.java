package dev.stowage.emulator.suite;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.emulator.Emulator;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract suite against the emulator over HTTP, as the jar runs it, with the suite's own client. */
class HttpContractTest extends StorageContract {

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Override
    protected StorageUnderTest storageUnderTest() {
        return new HttpUnderTest(emulator.url(), null, true, Duration.ofSeconds(30));
    }
}
