package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.junit.scope.TestEmulator;
import dev.stowage.junit.scope.TestEmulatorConfig;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a {@link StorageEmulatorBuilder} was told.
 *
 * @param perClass true for an emulator for each class, false for one that all tests of the run share
 * @param knownValues constants of the app, which are never stale
 * @param watchesStaleValues false to let stale values pass
 */
record StorageEmulatorConfig(
        EmulatorConfig emulator,
        boolean perClass,
        Optional<String> seedDocument,
        Set<Object> knownValues,
        boolean watchesStaleValues) {

    static final StorageEmulatorConfig DEFAULTS =
            new StorageEmulatorConfig(EmulatorConfig.defaults(), false, Optional.empty(), Set.of(), true);

    /** Shared by whoever wants the same; closed with the class, or with the run. */
    TestEmulator server(ExtensionContext context, TestEmulatorConfig config) {
        ExtensionContext home = perClass ? ExtensionContexts.outermostClass(context) : context.getRoot();
        return StoreResource.in(home, config, () -> TestEmulator.start(config), TestEmulator.class);
    }
}
