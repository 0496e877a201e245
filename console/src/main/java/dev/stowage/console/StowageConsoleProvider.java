package dev.stowage.console;

import dev.stowage.emulator.ConsoleProvider;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.console.Console;

/** Opens the console. The emulator finds it with {@link java.util.ServiceLoader}. */
public final class StowageConsoleProvider implements ConsoleProvider {

    @Override
    public Console open(Emulator emulator) {
        return StowageConsole.of(emulator);
    }
}
