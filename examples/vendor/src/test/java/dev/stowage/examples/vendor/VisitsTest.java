package dev.stowage.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.examples.vendor.variants.Visits;
import dev.stowage.junit.Actors;
import dev.stowage.junit.InterleavingTest;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first examples of the guide. */
@ExtendWith(StorageEmulator.class)
class VisitsTest {

    // first: begin
    @Test
    void aSessionEndsAfterHalfAnHour(Storage storage, EmulatorClock clock) {
        clock.freeze();
        storage.kvStore().put("session", Hash.of("user", "ann"), Duration.ofMinutes(30));
        clock.advance(Duration.ofMinutes(31));
        assertThat(storage.kvStore().exists("session")).isFalse();
    }
    // first: end

    // orders: begin
    @InterleavingTest
    void twoVisitsAtOnceAreTwo(KeyValueStore kv, Actors actors) throws InterruptedException {
        Visits visits = new Visits.ByPatch(kv);
        actors.actor("ann", () -> visits.count("home"))
                .actor("bob", () -> visits.count("home"))
                .run();
        assertThat(kv.get("home")).isEqualTo(Hash.of("visits", 2));
    }
    // orders: end
}
