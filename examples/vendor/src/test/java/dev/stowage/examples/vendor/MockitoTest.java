package dev.stowage.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.examples.vendor.variants.Connection;
import dev.stowage.examples.vendor.variants.Orders;
import dev.stowage.examples.vendor.variants.Visits;
import dev.stowage.junit.FaultSweep;
import dev.stowage.junit.Installs;
import dev.stowage.junit.Secrets;
import dev.stowage.junit.Spied;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** Mockito with the extension. The code of docs/mockito.md. */
@ExtendWith({StorageEmulator.class, MockitoExtension.class})
class MockitoTest {

    // verify: begin
    @Test
    void visitsAreCountedByAnUpdater(Storage storage, @Spied KeyValueStore kv) {
        new Visits.ByPatch(storage.kvStore()).count("home"); // storage.kvStore() is the spy
        verify(kv).patch(eq("home"), anyUpdater());
        verify(kv, never()).put(any(), any(Hash.class));
    }

    private static UnaryOperator<Hash> anyUpdater() {
        return any();
    }
    // verify: end

    // stub: begin
    @Test
    void aTokenIsNotStoredTwice(@Spied @Secrets BaseStore secrets, @Mock Predicate<String> vendorAccepts) {
        doThrow(new StorageException(ErrorCode.INVALID_VALUE, "refused"))
                .when(secrets)
                .put(eq("token"), any(Hash.class)); // this call is stubbed, all others are real
        assertThatThrownBy(() -> new Connection.StoredFirst(secrets, vendorAccepts).connect("abc"))
                .isInstanceOf(StorageException.class);
        verify(vendorAccepts, never()).test("abc");
        assertThat(secrets.exists("token")).isFalse();
    }
    // stub: end

    // fault: begin
    @Test
    void aLostResponseIsRetried(KeyValueStore kv, Faults faults) {
        faults.arm(CallMatch.any().operation("addString"), new Fault.LostResponse());
        new Orders.ById(kv).received("order-1");
        assertThat(kv.get("orders").getStringSet("ids")).hasSize(1); // done twice, stored once
    }
    // fault: end

    // sweep: begin
    @FaultSweep
    void noFaultMakesTheAppReadTheSecrets(Storage storage, @Spied @Secrets BaseStore secrets, Installs installs) {
        try {
            new Orders.ById(storage.kvStore()).received("order-1");
        } finally {
            verify(secrets, never()).get(any());
        }
    }
    // sweep: end
}
