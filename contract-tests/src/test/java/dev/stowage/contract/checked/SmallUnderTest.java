package dev.stowage.contract.checked;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.PluginData;
import dev.stowage.contract.door.StorageUnderTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A small service, right or flawed, in process; every value goes through JSON both ways, as it would on a wire. */
final class SmallUnderTest implements StorageUnderTest {

    private final SmallService service;
    private final boolean ours;
    private final AtomicInteger apps = new AtomicInteger();

    SmallUnderTest(Flaw flaw, boolean ours) {
        this.service = new SmallService(flaw);
        this.ours = ours;
    }

    @Override
    public String name() {
        return "a small service";
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    @Override
    public AppUnderTest openApp() {
        String name = "app" + apps.incrementAndGet();
        return new AppUnderTest() {
            @Override
            public InstallUnderTest install() {
                return new SmallInstall(service.install(name));
            }

            @Override
            public Client globalFunction() {
                return openWith(service.appKey(name));
            }

            @Override
            public boolean movesTime() {
                return true;
            }

            @Override
            public void advance(Duration duration) {
                service.advance(name, duration.toSeconds());
            }
        };
    }

    @Override
    public Client openWith(String key) {
        return new SmallClient(service, key);
    }

    @Override
    public PluginData pluginData() {
        return new SmallPlugins(service);
    }

    private final class SmallInstall implements InstallUnderTest {

        private final SmallService.Install install;

        SmallInstall(SmallService.Install install) {
            this.install = install;
        }

        @Override
        public Client client() {
            return openWith(install.apiKey());
        }

        @Override
        public String apiKey() {
            return install.apiKey();
        }

        @Override
        public void uninstall() {
            service.uninstall(install);
        }

        @Override
        public InstallUnderTest reinstall() {
            return new SmallInstall(service.reinstall(install));
        }
    }
}
