package org.example.reviews

import com.fasterxml.jackson.module.kotlin.kotlinModule
import dev.stowage.emulator.Install
import dev.stowage.emulator.time.EmulatorClock
import dev.stowage.junit.Actors
import dev.stowage.junit.EmulatorUrl
import dev.stowage.junit.FaultSweep
import dev.stowage.junit.InterleavingTest
import dev.stowage.junit.StorageEmulator
import dev.stowage.storage.Hash
import dev.stowage.storage.KeyValueStore
import dev.stowage.storage.Storage
import dev.stowage.storage.http.HttpStorage
import java.time.Duration
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** The tests of a user who writes Kotlin. */
@ExtendWith(StorageEmulator::class)
class KotlinReviewsTest {

    @Test
    fun `a lock expires`(storage: Storage, clock: EmulatorClock) {
        clock.freeze()
        storage.kvStore().put("lock", Hash.of("held", true), Duration.ofMinutes(1))
        clock.advance(Duration.ofMinutes(2))
        assertFalse(storage.kvStore().exists("lock"))
    }

    @Test
    fun `the server returns what was stored in process`(storage: Storage, install: Install, url: EmulatorUrl) {
        storage.kvStore().put("k", Hash.of("n", 1))
        assertEquals(Hash.of("n", 1), HttpStorage.connect(url.uri(), install.apiKey()).kvStore().get("k"))
    }

    data class Visits(val today: Int = 0, val by: List<String> = emptyList())

    @Test
    fun `a record is a data class, and unknown fields are ignored`(storage: Storage) {
        val kv = storage.withMapper(Storage.mapperBuilder().addModule(kotlinModule()).build()).kvStore()
        assertEquals(Visits(), kv.get("visits", Visits::class.java))
        kv.put("visits", Visits(2, listOf("ann", "bob")))
        storage.kvStore().patch("visits", Hash.of("later", true))
        assertEquals(Visits(2, listOf("ann", "bob")), kv.get("visits", Visits::class.java))
    }

    @FaultSweep
    fun `a visit is counted`(kv: KeyValueStore) {
        assertEquals(1.0, kv.increment("visits", "n"))
    }

    @InterleavingTest
    fun `two visits are counted`(kv: KeyValueStore, actors: Actors) {
        actors.actor("ann") { kv.increment("visits", "n") }
            .actor("bob") { kv.increment("visits", "n") }
            .run()
        assertEquals(Hash.of("n", 2), kv.get("visits"))
    }
}
