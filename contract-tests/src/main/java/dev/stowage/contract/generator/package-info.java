/**
 * Random values with edge cases, and a log of what was drawn so that it can be replayed and shrunk. Open {@link
 * dev.stowage.contract.generator.Generators} and {@link dev.stowage.contract.generator.DrawLog}. No other package depends on jqwik.
 */
@NullMarked
package dev.stowage.contract.generator;

import org.jspecify.annotations.NullMarked;
