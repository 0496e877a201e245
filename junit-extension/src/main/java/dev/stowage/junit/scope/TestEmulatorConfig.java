package dev.stowage.junit.scope;

import dev.stowage.emulator.EmulatorConfig;
import java.util.Optional;

/**
 * What a test's storage runs on.
 *
 * @param emulator how the emulator is started; whether it serves HTTP decides the way that operations take
 * @param seed the document that is loaded into each test's first install
 */
public record TestEmulatorConfig(EmulatorConfig emulator, Optional<String> seed) {}
