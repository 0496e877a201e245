package org.example.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.emulator.Emulator;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the module path. */
@ExtendWith(StorageEmulator.class)
class ModularReviewsTest {

    @Test
    void allAreModules() {
        assertEquals("org.example.reviews", Reviews.class.getModule().getName());
        assertEquals("dev.stowage.storage", Storage.class.getModule().getName());
        assertEquals("dev.stowage.emulator", Emulator.class.getModule().getName());
        assertTrue(Emulator.class.getModule().getDescriptor().isAutomatic());
    }

    @Test
    void theExtensionWorksInAModule(KeyValueStore kv) {
        assertEquals(1, new Reviews(kv).add("lamp"));
    }

    @Test
    void theServerStartsOnTheModulePath() {
        assertEquals(2, Demo.run());
    }
}
