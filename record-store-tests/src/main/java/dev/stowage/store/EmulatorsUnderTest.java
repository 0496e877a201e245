package dev.stowage.store;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Two emulators that share a store, accessed in process. Each new client, and each call of the control plane, goes to the other one. */
public final class EmulatorsUnderTest implements StorageUnderTest {

    private final String engine;
    private final Emulator[] emulators;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param engine its name in the report */
    public EmulatorsUnderTest(String engine, String url) {
        this.engine = engine;
        EmulatorConfig config =
                EmulatorConfig.builder().servesHttp(false).store(url).build();
        emulators = new Emulator[] {Emulator.start(config), Emulator.start(config)};
    }

    private Emulator next() {
        return emulators[Math.floorMod(turn.incrementAndGet(), emulators.length)];
    }

    @Override
    public String name() {
        return "two emulators that share " + engine + ", in process";
    }

    @Override
    public boolean isStrict() {
        return true;
    }

    @Override
    public AppUnderTest openApp() {
        String appId = "contract-" + UUID.randomUUID();
        App first = next().app(appId);
        first.clock().set(next().clock().instant());
        return new AppUnderTest() {
            private App app() {
                return next().app(appId);
            }

            @Override
            public InstallUnderTest install() {
                return new Installed(appId, app().install());
            }

            @Override
            public Client globalFunction() {
                return Client.of(app().storage());
            }

            @Override
            public boolean canAdvanceTime() {
                return true;
            }

            @Override
            public void advance(Duration duration) {
                app().clock().advance(duration);
            }
        };
    }

    @Override
    public void close() {
        for (Emulator emulator : emulators) {
            emulator.close();
        }
    }

    private final class Installed implements InstallUnderTest {

        private final String appId;
        private final long installId;

        Installed(String appId, Install install) {
            this.appId = appId;
            this.installId = install.installId();
        }

        private Install on(Emulator emulator) {
            return emulator.app(appId).installs().stream()
                    .filter(install -> install.installId() == installId)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public Client client() {
            return Client.of(on(next()).storage());
        }

        @Override
        public void uninstall() {
            on(next()).uninstall();
        }

        @Override
        public InstallUnderTest reinstall() {
            return new Installed(appId, on(next()).reinstall());
        }
    }
}
