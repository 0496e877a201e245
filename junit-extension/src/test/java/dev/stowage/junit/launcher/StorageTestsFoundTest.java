package dev.stowage.junit.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.SelectorResolutionResult.resolved;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import dev.stowage.junit.StorageEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryListener;

/** The emulator that tests share is started for the first class that needs it, and for no other. */
class StorageTestsFoundTest {

    private static final UniqueId ENGINE = UniqueId.forEngine("junit-jupiter");

    private final List<TestEmulatorConfig> starts = new ArrayList<>();
    private final StorageTestsFound listener = new StorageTestsFound(starts::add);

    static class WithoutStorage {}

    @ExtendWith(StorageEmulator.class)
    static class WithStorage {}

    static class Inherited extends WithStorage {}

    static class WithConfiguration {

        @RegisterExtension
        static final StorageEmulator EMULATOR = StorageEmulator.builder().build();
    }

    private void found(DiscoverySelector selector) {
        listener.selectorProcessed(ENGINE, selector, resolved());
    }

    @Test
    @DisplayName("the first class with the extension starts it, with the extension's configuration")
    void starts() {
        found(selectClass(WithoutStorage.class));
        assertThat(starts).isEmpty();
        found(selectClass(Inherited.class));
        found(selectClass(WithStorage.class));
        assertThat(starts)
                .singleElement()
                .extracting(TestEmulatorConfig::emulator)
                .isEqualTo(EmulatorConfig.defaults());
    }

    @Test
    @DisplayName(
            "what has no extension, does not exist or is no class starts none; nor does a class whose configuration is not known yet")
    void startsNone() {
        found(selectClass(WithoutStorage.class));
        found(selectClass("dev.stowage.NoSuchClass"));
        found(selectPackage("dev.stowage"));
        found(selectClass(WithConfiguration.class));
        assertThat(starts).isEmpty();
    }

    @Test
    @DisplayName("the launcher finds the listener")
    void registered() {
        assertThat(ServiceLoader.load(LauncherDiscoveryListener.class))
                .hasAtLeastOneElementOfType(StorageTestsFound.class);
    }
}
