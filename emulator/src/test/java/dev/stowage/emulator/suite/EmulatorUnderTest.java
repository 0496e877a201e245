package dev.stowage.emulator.suite;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Storage;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;

/** An emulator in this process, accessed in process or through a client, by the given functions. */
final class EmulatorUnderTest implements StorageUnderTest {

    private final String name;
    private final Emulator emulator;
    private final BiFunction<Emulator, Install, Storage> install;
    private final BiFunction<Emulator, App, Storage> function;

    EmulatorUnderTest(
            String name,
            Emulator emulator,
            BiFunction<Emulator, Install, Storage> install,
            BiFunction<Emulator, App, Storage> function) {
        this.name = name;
        this.emulator = emulator;
        this.install = install;
        this.function = function;
    }

    @Override
    public String name() {
        return name;
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
                return Client.of(function.apply(emulator, app));
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
            return Client.of(install.apply(emulator, installed));
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
