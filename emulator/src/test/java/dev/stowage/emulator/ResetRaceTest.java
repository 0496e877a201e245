package dev.stowage.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Resets and installs have one order: an install that is listed as active after the last reset can be used. Long mode: {@code
 * -Dreset.installs=5000} installs for each of the threads and runs (default: 150).
 */
@Timeout(300)
class ResetRaceTest {

    private static final int INSTALLERS = 4;
    private static final int INSTALLS = Integer.getInteger("reset.installs", 150);

    @RepeatedTest(20)
    @DisplayName("installs, reinstalls and operations during resets leave no install whose key is refused")
    void noGhosts() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            AtomicBoolean running = new AtomicBoolean(true);
            ExecutorService pool = Executors.newFixedThreadPool(INSTALLERS + 2);
            List<Future<?>> installers = new ArrayList<>();
            for (int i = 0; i < INSTALLERS; i++) {
                App app = emulator.app("app-" + i % 2);
                installers.add(pool.submit(() -> install(app)));
            }
            Future<?> everything = pool.submit(() -> {
                while (running.get()) {
                    emulator.reset();
                }
            });
            Future<?> oneApp = pool.submit(() -> {
                while (running.get()) {
                    emulator.app("app-1").reset();
                }
            });
            for (Future<?> installer : installers) {
                installer.get(120, TimeUnit.SECONDS);
            }
            running.set(false);
            everything.get(10, TimeUnit.SECONDS);
            oneApp.get(10, TimeUnit.SECONDS);
            List<Install> left = emulator.installs();
            assertThat(left)
                    .filteredOn(Install::isActive)
                    .allSatisfy(install -> install.storage().kvStore().put("k", Hash.of("n", 1)));
            assertThat(left)
                    .allSatisfy(
                            install -> assertThat(emulator.app(install.appId()).installs())
                                    .extracting(Install::installId)
                                    .contains(install.installId()));
            emulator.reset();
            assertThat(emulator.installs()).isEmpty();
            pool.shutdownNow();
        }
    }

    private static void install(App app) {
        for (int i = 0; i < INSTALLS; i++) {
            try {
                Install install = app.install();
                install.storage().kvStore().put("k", Hash.of("n", i));
                install.storage().sharedKvStore().increment("k", "n");
                install.reinstall();
            } catch (StorageException reset) {
                assertThat(reset.code())
                        .isIn(ErrorCode.UNAUTHENTICATED, ErrorCode.NOT_FOUND, ErrorCode.INSTALL_REVOKED);
            }
        }
    }
}
