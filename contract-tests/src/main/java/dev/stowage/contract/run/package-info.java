/**
 * Runs properties against a backend: in which order, on how many threads, for how long, and what was found. Open {@link
 * dev.stowage.contract.run.Suite}.
 */
@NullMarked
package dev.stowage.contract.run;

import org.jspecify.annotations.NullMarked;
