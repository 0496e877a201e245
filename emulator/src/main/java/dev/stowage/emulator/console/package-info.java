/**
 * The seam between the HTTP server and a console, the pages on which a person sees what an app stores. Open {@link
 * dev.stowage.emulator.console.Console}. The console is a module of its own; {@link dev.stowage.emulator.ConsoleProvider} opens it.
 */
@NullMarked
package dev.stowage.emulator.console;

import org.jspecify.annotations.NullMarked;
