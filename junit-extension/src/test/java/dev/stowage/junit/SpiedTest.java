package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.junit.jupiter.MockitoExtension;

/** Spies on the test's own stores. These tests use them as users do, with Mockito's extension beside. */
@ExtendWith({StorageEmulator.class, MockitoExtension.class})
class SpiedTest {

    private static final StorageException DOWN = new StorageException(ErrorCode.UNAVAILABLE, "stubbed");

    static UnaryOperator<Hash> anyUpdater() {
        return any();
    }

    /** An app that is given the whole storage. */
    record App(Storage storage) {
        void count(String page) {
            storage.kvStore().patch(page, visits -> visits.with("n", InterleavingsTest.n(visits) + 1));
        }
    }

    @Test
    void callsAreVerified(Storage storage, @Spied KeyValueStore kv) {
        new App(storage).count("visits");
        verify(kv).patch(eq("visits"), anyUpdater());
        verify(kv, never()).put(anyString(), any(Hash.class));
        verifyNoMoreInteractions(kv);
        assertThat(kv.get("visits")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void everyReferenceToTheStoreIsTheSpy(Storage storage, KeyValueStore plain, @Spied KeyValueStore kv) {
        assertThat(mockingDetails(kv).isSpy()).isTrue();
        assertThat(storage.kvStore()).isSameAs(kv).isSameAs(plain);
        assertThat(mockingDetails(storage).isMock()).isFalse();
        assertThat(mockingDetails(storage.sharedKvStore()).isMock()).isFalse();
    }

    @Test
    void oneCallIsStubbedBesideRealOnes(@Spied KeyValueStore kv) {
        doThrow(DOWN).when(kv).put(eq("visits"), any(Hash.class));
        kv.put("before", Hash.of("a", 1));
        assertThatThrownBy(() -> kv.put("visits", Hash.of("a", 1))).isSameAs(DOWN);
        assertThat(kv.get("before")).isEqualTo(Hash.of("a", 1));
        assertThat(kv.exists("visits")).isFalse();
    }

    record Visit(int n) {}

    @Test
    void aStoreWithAnotherMapperIsTheSpyToo(Storage storage, @Spied KeyValueStore kv) {
        ObjectMapper strict = Storage.mapperBuilder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        doThrow(DOWN).when(kv).put("stubbed", new Visit(0));
        for (KeyValueStore mapped :
                List.of(kv.withMapper(strict), storage.withMapper(strict).kvStore())) {
            kv.put("newer", Hash.of("n", 1, "added", 2));
            mapped.put("k", new Visit(3));
            mapped.patch("k", Visit.class, visit -> {
                // Not through the mapper: it is a call of another store.
                assertThat(kv.get("newer", Visit.class)).isEqualTo(new Visit(1));
                return new Visit(visit.n() + 1);
            });
            assertThat(kv.get("k")).isEqualTo(Hash.of("n", 4));
            assertThatThrownBy(() -> mapped.get("newer", Visit.class)).hasMessageContaining("added");
            assertThat(kv.get("newer", Visit.class)).isEqualTo(new Visit(1));
            assertThatThrownBy(() -> mapped.put("stubbed", new Visit(0))).isSameAs(DOWN);
        }
        verify(kv, times(2)).put("k", new Visit(3));
        verify(kv, times(2)).patch(eq("k"), eq(Visit.class), any());
    }

    @Test
    void aStubCanCallTheRealMethod(@Spied KeyValueStore kv) {
        doAnswer(call -> {
                    call.callRealMethod();
                    throw DOWN;
                })
                .when(kv)
                .increment("orders", "n");
        assertThatThrownBy(() -> kv.increment("orders", "n")).isSameAs(DOWN);
        assertThat(kv.get("orders")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void refusalsOfTheEmulatorPass(@Spied KeyValueStore kv) {
        kv.put("k", Hash.of("a", "text"));
        assertThatThrownBy(() -> kv.increment("k", "a"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_TYPE));
    }

    record Visits(long n) {}

    @Test
    void anOverloadIsNotCountedTwice(@Spied KeyValueStore kv) {
        kv.put("k", new Visits(1));
        assertThat(kv.get("k", Visits.class)).isEqualTo(new Visits(1));
        kv.increment("k", "n");
        assertThat(mockingDetails(kv).getInvocations()).hasSize(3);
        verify(kv, never()).get("k");
    }

    @Test
    void theStorageItselfCanBeSpied(@Spied Storage storage, @Spied @Shared KeyValueStore shared) {
        when(storage.secrets()).thenThrow(DOWN);
        assertThatThrownBy(storage::secrets).isSameAs(DOWN);
        assertThat(storage.sharedKvStore()).isSameAs(shared);
        verify(storage).sharedKvStore();
        storage.kvStore().increment("k", "n");
        assertThat(mockingDetails(storage.kvStore()).isMock()).isFalse();
    }

    @Test
    void baseStoresCanBeSpied(Storage storage, @Spied @Secrets BaseStore secrets, @Spied @Settings BaseStore settings) {
        storage.secrets().put("utoken", Hash.of("token", "abc"));
        verify(secrets).put("utoken", Hash.of("token", "abc"));
        assertThat(storage.settings()).isSameAs(settings);
    }

    @RepeatedTest(2)
    void everyTestHasItsOwnSpy(@Spied KeyValueStore kv) {
        verifyNoMoreInteractions(kv);
        assertThat(kv.exists("k")).isFalse();
        doThrow(DOWN).when(kv).exists("k");
        assertThatThrownBy(() -> kv.exists("k")).isSameAs(DOWN);
    }

    @Test
    void whatGoesThroughItIsAnAppCall(@Spied KeyValueStore kv, Journal journal) {
        kv.increment("k", "n");
        assertThat(journal.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.call().client()).doesNotStartWith("direct "));
    }

    @Nested
    class GivenToTheAppBeforeEachTest {

        private KeyValueStore held;

        @BeforeEach
        void hold(Storage storage) {
            held = storage.kvStore();
        }

        @Test
        void theAppHasTheSpy(@Spied KeyValueStore kv) {
            held.increment("k", "n");
            verify(kv).increment("k", "n");
        }

        @Test
        void aTestWithoutASpyHasNone() {
            assertThat(mockingDetails(held).isMock()).isFalse();
        }
    }

    @FaultSweep
    void inASweepFaultsHappenBehindTheSpy(Storage storage, @Spied KeyValueStore kv, SweptFault fault) {
        lenient().doThrow(DOWN).when(kv).exists("never called");
        try {
            new App(storage).count("visits");
            assertThat(fault.is(Fault.Kind.UNAVAILABLE)).isFalse();
        } finally {
            verify(kv).patch(eq("visits"), anyUpdater());
        }
    }
}
