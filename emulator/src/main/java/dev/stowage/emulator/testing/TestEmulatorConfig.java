package dev.stowage.emulator.testing;

import dev.stowage.emulator.EmulatorConfig;
import java.util.Optional;

/**
 * The configuration of a {@link TestEmulator}. Tests with an equal configuration share the emulator.
 *
 * @param emulator the emulator's configuration; if it serves HTTP, app calls use HTTP
 * @param initialData the document that is loaded into each test's first install
 */
public record TestEmulatorConfig(EmulatorConfig emulator, Optional<String> initialData) {}
