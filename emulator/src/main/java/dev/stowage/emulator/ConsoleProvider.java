package dev.stowage.emulator;

import dev.stowage.emulator.console.Console;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens the console of an emulator, when its first page is requested. The emulator finds the provider with {@link
 * java.util.ServiceLoader}: artifact {@code stowage-console}.
 */
public interface ConsoleProvider {

    /** Returns the provider on the class path, if there is one. */
    static Optional<ConsoleProvider> find() {
        return ServiceLoader.load(ConsoleProvider.class, ConsoleProvider.class.getClassLoader())
                .findFirst();
    }

    Console open(Emulator emulator);
}
