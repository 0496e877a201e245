package dev.stowage.emulator.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Creates apps, uses everything that an app can have, and resets them. Long mode: {@code -Dsoak.apps=100000} (default: 5,000). The
 * run before the first measurement fills what is bounded, such as the journal.
 */
class SoakTest {

    private static final int APPS = Integer.getInteger("soak.apps", 5_000);
    private static final int WARM_UP = 12_000;
    private static final int MAX_MEGABYTES = 5;

    @Test
    @DisplayName("apps that were created, used and reset leave nothing: the heap ends as it began, within 5 MB")
    void resetApps() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.inProcess())) {
            use(emulator, WARM_UP);
            long before = Heap.usedMegabytes();
            use(emulator, APPS);
            long after = Heap.usedMegabytes();
            System.getLogger("soak")
                    .log(
                            System.Logger.Level.INFO,
                            "{0} apps created, used and reset: {1} MB of heap before, {2} MB after",
                            APPS,
                            before,
                            after);
            assertThat(after - before).isLessThanOrEqualTo(MAX_MEGABYTES);
            assertThat(emulator.installs()).isEmpty();
            assertThat(emulator.faults().list()).isEmpty();
        }
    }

    private static void use(Emulator emulator, int apps) {
        for (int i = 0; i < apps; i++) {
            App app = emulator.app("soak-" + System.nanoTime() + "-" + i);
            app.watch(new Watcher() {});
            Install first = app.install();
            first.storage().secrets().put("k", Hash.of("n", i));
            first.storage().kvStore().put("k", Hash.of("n", i), Duration.ofSeconds(60));
            app.storage().sharedKvStore().put("k", Hash.of("n", i));
            app.clock().freeze();
            Install second = first.reinstall();
            try {
                first.storage().kvStore().get("k");
            } catch (StorageException revoked) {
                // The emulator counts it as a rejected operation.
                assertThat(first.rejectedOperations()).isEqualTo(1);
            }
            app.faults().arm(CallMatch.any(), new Fault.Delay(Duration.ZERO));
            emulator.faults()
                    .arm(FaultRule.once(CallMatch.any().install(second.installId()), new Fault.Unavailable())
                            .after(1_000));
            app.gate().hold(CallMatch.any().operation("peek"), Duration.ofSeconds(1));
            second.storage().kvStore().put("k", Hash.of("n", i));
            app.reset();
        }
    }
}
