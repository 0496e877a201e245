/**
 * Measurements, run by hand: {@link dev.stowage.benchmarks.Main} lists them. What they printed last is in
 * docs/performance.md.
 */
package dev.stowage.benchmarks;
