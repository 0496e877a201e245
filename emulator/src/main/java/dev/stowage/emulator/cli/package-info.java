/**
 * The jar's command line: {@link dev.stowage.emulator.cli.Main}, and {@link dev.stowage.emulator.cli.ServeCommand} with
 * its options.
 */
@NullMarked
package dev.stowage.emulator.cli;

import org.jspecify.annotations.NullMarked;
