package dev.stowage.data;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.record.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** An emulator with a data directory, accessed in process. */
final class DataStoreUnderTest implements StorageUnderTest {

    private final Emulator emulator;

    DataStoreUnderTest(Path folder) {
        emulator = Emulator.start(EmulatorConfig.builder()
                .servesHttp(false)
                .data(DataDirectory.at(folder))
                .build());
    }

    @Override
    public String name() {
        return "the emulator with a data directory, in process";
    }

    @Override
    public boolean isStrict() {
        return true;
    }

    @Override
    public AppUnderTest openApp() {
        App app = emulator.app("contract-" + UUID.randomUUID());
        app.clock().set(emulator.clock().instant());
        return new AppUnderTest() {
            @Override
            public InstallUnderTest install() {
                return new Installed(app.install());
            }

            @Override
            public Client globalFunction() {
                return Client.of(app.storage());
            }

            @Override
            public boolean canAdvanceTime() {
                return true;
            }

            @Override
            public void advance(Duration duration) {
                app.clock().advance(duration);
            }
        };
    }

    @Override
    public void close() {
        emulator.close();
    }

    private final class Installed implements InstallUnderTest {

        private final Install installed;

        Installed(Install installed) {
            this.installed = installed;
        }

        @Override
        public Client client() {
            return Client.of(installed.storage());
        }

        @Override
        public void uninstall() {
            installed.uninstall();
        }

        @Override
        public InstallUnderTest reinstall() {
            return new Installed(installed.reinstall());
        }
    }
}
