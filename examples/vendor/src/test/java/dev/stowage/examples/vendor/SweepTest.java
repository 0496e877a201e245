package dev.stowage.examples.vendor;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.examples.vendor.variants.Connection;
import dev.stowage.examples.vendor.variants.Job;
import dev.stowage.examples.vendor.variants.Orders;
import dev.stowage.examples.vendor.variants.Visits;
import dev.stowage.junit.FaultSweep;
import dev.stowage.junit.Installs;
import dev.stowage.junit.Secrets;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.junit.SweptFault;
import dev.stowage.junit.WatchRequests;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fault sweeps over the example app and the correct variants: all pass. */
@ExtendWith(StorageEmulator.class)
class SweepTest {

    @RegisterExtension
    @WatchRequests
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @FaultSweep
    void theVendorsTokenIsRequestedAndStored(Storage storage, EmulatorClock clock) {
        VENDOR.stubFor(post("/token").willReturn(okJson("{\"access_token\": \"token-1\"}")));
        Vendor vendor = new Vendor(URI.create(VENDOR.baseUrl() + "/token"), storage, clock, Duration.ofSeconds(5));
        Credentials credentials = new Credentials("id", "secret");
        assertThat(vendor.authenticate(credentials, false)).isEqualTo("token-1");
        assertThat(vendor.authenticate(credentials, false)).isEqualTo("token-1");
    }

    // sweep: begin
    @FaultSweep
    void everyVisitIsCounted(KeyValueStore kv, Installs installs, SweptFault fault) {
        Visits visits = new Visits.ByPatch(kv);
        visits.count("home");
        long expected = fault.is(Fault.Kind.RACE) ? 2 : 1; // in a race, another instance counts a visit
        assertThat(installs.current().storage().kvStore().get("home")).isEqualTo(Hash.of("visits", expected));
    }
    // sweep: end

    @FaultSweep
    void onlyACheckedTokenIsStored(@Secrets BaseStore secrets, Installs installs) {
        resultOrStorageError(() -> new Connection.CheckedFirst(secrets, token -> false).connect("mistyped"));
        assertThat(installs.current().storage().secrets().exists("token")).isFalse();
    }

    @FaultSweep(errorsMayEscape = false)
    void anOrderIsCountedOnce(KeyValueStore kv, Installs installs) {
        new Orders.ById(kv).received("order-1");
        assertThat(installs.current().storage().kvStore().get("orders").getStringSet("ids"))
                .hasSize(1);
    }

    @FaultSweep
    void theJobRunsAgainAfterItDied(KeyValueStore kv, EmulatorClock clock, SweptFault fault) {
        clock.freeze();
        Job job = new Job.WithAnExpiringLock(kv);
        resultOrStorageError(job::run);
        clock.advance(Duration.ofHours(1));
        boolean another = fault.is(Fault.Kind.RACE); // in a race, another instance may hold the lock
        assertThat(resultOrStorageError(job::run) || another).isTrue();
    }

    /** Returns true if the app fails with a storage error: the test then goes on and checks the stored records. */
    static boolean resultOrStorageError(Supplier<Boolean> app) {
        try {
            return app.get();
        } catch (StorageException expected) {
            return true;
        }
    }
}
