package org.example.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.emulator.Install;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.junit.Actors;
import dev.stowage.junit.EmulatorUrl;
import dev.stowage.junit.FaultSweep;
import dev.stowage.junit.InterleavingTest;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of a user whose project has only the extension and JUnit. Other projects in this folder run them too. */
@ExtendWith(StorageEmulator.class)
class ReviewsTest {

    @Test
    void aLockExpires(Storage storage, EmulatorClock clock) {
        clock.freeze();
        storage.kvStore().put("lock", Hash.of("held", true), Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(2));
        assertFalse(storage.kvStore().exists("lock"));
    }

    @Test
    void aReinstallStartsWithEmptyStores(Storage storage, Install install) {
        storage.secrets().put("token", Hash.of("token", "abc"));
        install.reinstall();
        assertFalse(storage.secrets().exists("token"));
    }

    @Test
    void theServerReturnsWhatWasStoredInProcess(Storage storage, Install install, EmulatorUrl url) {
        storage.kvStore().put("k", Hash.of("n", 1));
        assertEquals(
                Hash.of("n", 1),
                HttpStorage.connect(url.uri(), install.apiKey()).kvStore().get("k"));
    }

    @FaultSweep
    void aVisitIsCounted(KeyValueStore kv) {
        assertEquals(1, kv.increment("visits", "n"));
    }

    @InterleavingTest
    void twoVisitsAreCounted(KeyValueStore kv, Actors actors) throws InterruptedException {
        actors.actor("ann", () -> kv.increment("visits", "n"))
                .actor("bob", () -> kv.increment("visits", "n"))
                .run();
        assertEquals(Hash.of("n", 2), kv.get("visits"));
    }

    /** A jndi.properties in a jar of the test class path would name a factory, which is then not found. */
    @Test
    void namingIsNotConfigured() {
        NamingException none =
                assertThrows(NoInitialContextException.class, () -> new InitialContext().lookup("java:comp/env"));
        assertTrue(none.getMessage().startsWith("Need to specify class name"), none.getMessage());
    }
}
