/**
 * The console: pages on which a person sees what an app stores and does, and controls time, faults and installs. Open {@link
 * dev.stowage.console.StowageConsole}, which lists the pages; each group of pages has a package, and the templates are in {@code
 * src/main/jte}.
 */
@NullMarked
package dev.stowage.console;

import org.jspecify.annotations.NullMarked;
