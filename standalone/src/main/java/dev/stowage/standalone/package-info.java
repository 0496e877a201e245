/**
 * The command line of {@code stowage.jar}. Open {@link dev.stowage.standalone.Main}, then {@link
 * dev.stowage.standalone.ServeCommand} for the options.
 */
@NullMarked
package dev.stowage.standalone;

import org.jspecify.annotations.NullMarked;
