/**
 * Benchmarks, run by hand. Open {@link dev.stowage.benchmarks.Main}, which lists them; docs/performance.md has the last results.
 */
package dev.stowage.benchmarks;
