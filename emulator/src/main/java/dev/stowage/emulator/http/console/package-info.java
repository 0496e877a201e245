/** Serves the console: open {@link dev.stowage.emulator.http.console.ConsoleRoutes}. The pages themselves are in a module of their own. */
@NullMarked
package dev.stowage.emulator.http.console;

import org.jspecify.annotations.NullMarked;
