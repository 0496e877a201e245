/**
 * The jar's command line: {@link dev.stowage.contract.cli.Main}, and {@link dev.stowage.contract.cli.ContractCommand} with its
 * options.
 */
@NullMarked
package dev.stowage.contract.cli;

import org.jspecify.annotations.NullMarked;
