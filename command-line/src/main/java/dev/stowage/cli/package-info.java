/**
 * Code that the command lines of {@code stowage.jar} and {@code stowage-contract.jar} share: errors and the version. Open {@link dev.stowage.cli.CommandLineErrors}.
 */
@NullMarked
package dev.stowage.cli;

import org.jspecify.annotations.NullMarked;
