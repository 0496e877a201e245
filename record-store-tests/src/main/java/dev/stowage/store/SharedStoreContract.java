package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** What emulators that share a store keep beside the contract: their control planes are one. */
@Timeout(120)
public abstract class SharedStoreContract {

    private static final int INSTALLERS = 2;
    private static final int INSTALLS = 25;
    private static final String APP = "reset";

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
}
