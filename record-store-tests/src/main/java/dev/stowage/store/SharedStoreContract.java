package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What emulators that share a store keep beside the contract: their control planes are one. */
@Timeout(120)
public abstract class SharedStoreContract {

    private static final int INSTALLERS = 2;
    private static final int INSTALLS = 25;
    private static final String APP = "reset";
    private static final String KEY = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0=";

    /** The URL of the store. */
    protected abstract String url();

    @RepeatedTest(2)
    @DisplayName(
            "resets on one emulator and installs on another have one order: none leaves an install whose key is refused")
    void resetsAndInstalls() {
        EmulatorConfig config =
                EmulatorConfig.builder().servesHttp(false).store(url()).build();
        try (Emulator one = Emulator.start(config);
                Emulator other = Emulator.start(config)) {
            AtomicBoolean running = new AtomicBoolean(true);
            List<CompletableFuture<Void>> installers = IntStream.range(0, INSTALLERS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> install(other)))
                    .toList();
            CompletableFuture<Void> resets = CompletableFuture.runAsync(() -> {
                // Not of everything, which would delete what another one has left.
                while (running.get()) {
                    one.app(APP).reset();
                }
            });
            installers.forEach(CompletableFuture::join);
            running.set(false);
            resets.join();
            for (Emulator emulator : List.of(one, other)) {
                List<Install> left = emulator.installs();
                assertThat(left)
                        .filteredOn(Install::isActive)
                        .allSatisfy(install -> install.storage().kvStore().put("k", Hash.of("n", 1)));
                assertThat(left)
                        .allSatisfy(install -> assertThat(
                                        emulator.app(install.appId()).installs())
                                .extracting(Install::installId)
                                .contains(install.installId()));
            }
            one.reset();
            assertThat(other.installs()).isEmpty();
        }
    }

    private static void install(Emulator emulator) {
        for (int i = 0; i < INSTALLS; i++) {
            try {
                App app = emulator.app(APP);
                Install install = app.install();
                install.storage().kvStore().put("k", Hash.of("n", i));
                install.reinstall();
            } catch (StorageException reset) {
                assertThat(reset.code())
                        .isIn(ErrorCode.UNAUTHENTICATED, ErrorCode.NOT_FOUND, ErrorCode.INSTALL_REVOKED);
            }
        }
    }

    @Test
    @DisplayName("INST-5, INST-6: a key that one emulator knows stands for what another one has made of it")
    void knownKeys() {
        EmulatorConfig config =
                EmulatorConfig.builder().servesHttp(false).store(url()).build();
        try (Emulator one = Emulator.start(config);
                Emulator other = Emulator.start(config)) {
            App app = one.app("known-keys");
            Install first = app.installWithKey(KEY);
            KeyValueStore kv = other.install(first.installId()).storage().kvStore();
            kv.put("k", Hash.of("n", 1));
            first.uninstall();
            assertRefused(() -> kv.get("k"), ErrorCode.INSTALL_REVOKED);
            // Also where the call would be refused with the right key.
            assertRefused(() -> kv.get(""), ErrorCode.INSTALL_REVOKED);

            app.reset();
            one.app("known-keys").installWithKey(KEY);
            assertThat(kv.get("k")).isEqualTo(Hash.empty());
            kv.put("k", Hash.of("n", 2));
            assertRefused(() -> kv.get(""), ErrorCode.INVALID_KEY);

            one.app("known-keys").reset();
            one.app("known-keys").installWithKey(KEY);
            assertThat(kv.increment("k", "n")).isEqualTo(1);
            one.app("known-keys").reset();
            assertRefused(() -> kv.get(""), ErrorCode.UNAUTHENTICATED);
        }
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
