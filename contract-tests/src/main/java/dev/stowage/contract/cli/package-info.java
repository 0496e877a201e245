/**
 * The command line of {@code stowage-contract.jar}. Open {@link dev.stowage.contract.cli.Main}, then {@link
 * dev.stowage.contract.cli.ContractCommand} for the options.
 */
@NullMarked
package dev.stowage.contract.cli;

import org.jspecify.annotations.NullMarked;
