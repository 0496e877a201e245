package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The configuration that a {@link StorageEmulatorBuilder} builds.
 *
 * @param perClass true for one emulator per class, false for one that all tests of the run share
 * @param initialData a document that is loaded into every test's first install
 * @param knownValues constants of the app, which are never reported as stale
 * @param watchesStaleValues false to turn off the detection of stale values
 * @param adviceOff the practices that are not looked at
 */
record StorageEmulatorConfig(
        EmulatorConfig emulator,
        boolean perClass,
        Optional<String> initialData,
        Set<Object> knownValues,
        boolean watchesStaleValues,
        AdviceMode advice,
        Set<String> adviceOff) {

    static final StorageEmulatorConfig DEFAULTS = new StorageEmulatorConfig(
            EmulatorConfig.defaults(), false, Optional.empty(), Set.of(), true, AdviceMode.OFF, Set.of());

    /** This configuration with what the nearest {@link CheckAdvice} of the test, its class or an enclosing class says. */
    StorageEmulatorConfig forTest(ExtensionContext context) {
        return Stream.concat(
                        context.getTestMethod().stream(),
                        Stream.<Class<?>>iterate(
                                context.getRequiredTestClass(), Objects::nonNull, Class::getEnclosingClass))
                .flatMap(element -> AnnotationSupport.findAnnotation(element, CheckAdvice.class).stream())
                .findFirst()
                .map(advised -> new StorageEmulatorConfig(
                        emulator,
                        perClass,
                        initialData,
                        knownValues,
                        watchesStaleValues,
                        advised.value(),
                        Set.of(advised.off())))
                .orElse(this);
    }

    /** The emulator for this configuration; tests with an equal one share it. It is closed with the class or with the run. */
    TestEmulator emulatorFor(ExtensionContext context, TestEmulatorConfig config) {
        ExtensionContext owner = perClass ? ExtensionContexts.outermostClass(context) : context.getRoot();
        return StoreResource.in(owner, config, () -> TestEmulator.start(config), TestEmulator.class);
    }
}
