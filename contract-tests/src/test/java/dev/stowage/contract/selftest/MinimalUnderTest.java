package dev.stowage.contract.selftest;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The minimal service in process, with or without a flaw. Every value is encoded as JSON and decoded, as over HTTP. */
final class MinimalUnderTest implements StorageUnderTest {

    private final MinimalService service;
    private final boolean strict;
    private final boolean durable;
    private boolean disturbed;
    private final AtomicInteger apps = new AtomicInteger();

    /** Without the declaration that its state lasts. */
    MinimalUnderTest(Flaw flaw, boolean strict) {
        this(flaw, strict, false);
    }

    /** @param durable true if it is declared that its state lasts */
    MinimalUnderTest(Flaw flaw, boolean strict, boolean durable) {
        this.service = new MinimalService(flaw);
        this.strict = strict;
        this.durable = durable;
    }

    @Override
    public String name() {
        return "the minimal service";
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public boolean isDurable() {
        return durable;
    }

    /** Declares that it can be disturbed: it is killed and started again. */
    MinimalUnderTest disturbed() {
        disturbed = true;
        return this;
    }

    @Override
    public boolean canBeDisturbed() {
        return disturbed;
    }

    @Override
    public void disturb(int number) {
        service.restart();
    }

    @Override
    public void restart() {
        service.restart();
    }

    @Override
    public AppUnderTest openApp() {
        String name = "app" + apps.incrementAndGet();
        return new AppUnderTest() {
            @Override
            public InstallUnderTest install() {
                return new MinimalInstall(service.install(name));
            }

            @Override
            public Optional<InstallUnderTest> activeInstall() {
                return Optional.ofNullable(service.activeInstall(name)).map(MinimalInstall::new);
            }

            @Override
            public Client globalFunction() {
                return openWith(service.appKey(name));
            }

            @Override
            public boolean canAdvanceTime() {
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
        return new MinimalClient(service, key);
    }

    @Override
    public PluginDataApi pluginData() {
        return new MinimalPluginData(service);
    }

    private final class MinimalInstall implements InstallUnderTest {

        private final MinimalService.Install install;

        MinimalInstall(MinimalService.Install install) {
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
            return new MinimalInstall(service.reinstall(install));
        }
    }
}
