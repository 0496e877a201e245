package dev.stowage.junit.launcher;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import dev.stowage.junit.StorageEmulator;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.SelectorResolutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;

/**
 * Begins to start the shared emulator when the launcher has found the first test class with {@code
 * @ExtendWith(StorageEmulator.class)}, so that it starts while further tests are looked for. A run without such a class starts none.
 */
public final class StorageTestsFound implements LauncherDiscoveryListener {

    private final Consumer<TestEmulatorConfig> start;
    private final AtomicBoolean isFound = new AtomicBoolean();

    /** Called by the launcher. */
    public StorageTestsFound() {
        this(TestEmulator::startEarly);
    }

    StorageTestsFound(Consumer<TestEmulatorConfig> start) {
        this.start = start;
    }

    @Override
    public void selectorProcessed(UniqueId engine, DiscoverySelector selector, SelectorResolutionResult result) {
        if (!isFound.get() && selector instanceof ClassSelector tests) {
            try {
                startIfUsed(tests.getJavaClass());
            } catch (RuntimeException | LinkageError problem) {
                // A class that can't be read is reported by its engine, and a start that fails by the first test.
                return;
            }
        }
    }

    private void startIfUsed(Class<?> tests) {
        boolean hasExtension = AnnotationSupport.findRepeatableAnnotations(tests, ExtendWith.class).stream()
                .flatMap(extensions -> Arrays.stream(extensions.value()))
                .anyMatch(StorageEmulator.class::equals);
        if (hasExtension && !isFound.getAndSet(true)) {
            start.accept(new TestEmulatorConfig(EmulatorConfig.defaults(), Optional.empty()));
        }
    }
}
