/**
 * What the command lines of {@code stowage.jar} and {@code stowage-contract.jar} share: how an error is printed and which version is
 * shown. Open {@link dev.stowage.cli.CommandLineErrors}.
 */
@NullMarked
package dev.stowage.cli;

import org.jspecify.annotations.NullMarked;
