/**
 * Random values near the edges, and how to draw the same again, smaller. Open {@link dev.stowage.contract.draw.Some} for the
 * values and {@link dev.stowage.contract.draw.Draws} for one try's draws; jqwik is behind this package and nowhere else.
 */
@NullMarked
package dev.stowage.contract.draw;

import org.jspecify.annotations.NullMarked;
