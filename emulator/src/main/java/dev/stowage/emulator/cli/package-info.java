/**
 * The command line of {@code stowage.jar}. Open {@link dev.stowage.emulator.cli.Main}, then {@link
 * dev.stowage.emulator.cli.ServeCommand} for the options.
 */
@NullMarked
package dev.stowage.emulator.cli;

import org.jspecify.annotations.NullMarked;
