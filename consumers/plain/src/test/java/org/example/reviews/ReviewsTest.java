package org.example.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.stowage.emulator.Install;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.junit.Actors;
import dev.stowage.junit.FaultSweep;
import dev.stowage.junit.InterleavingTest;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As somebody uses it who has nothing but the extension and JUnit. */
@ExtendWith(StorageEmulator.class)
class ReviewsTest {

    @Test
    void timeGoesBy(Storage storage, EmulatorClock clock) {
        clock.standStill();
        storage.kvStore().put("lock", Hash.of("held", true), Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(2));
        assertFalse(storage.kvStore().exists("lock"));
    }

    @Test
    void aReinstallBeginsAnew(Storage storage, Install install) {
        storage.secrets().put("token", Hash.of("token", "abc"));
        install.reinstall();
        assertFalse(storage.secrets().exists("token"));
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
}
