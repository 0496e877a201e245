/**
 * Shrinks a failed attempt to fewer steps, simpler values and fewer calls. Open {@link
 * dev.stowage.contract.shrink.Shrinker}.
 */
@NullMarked
package dev.stowage.contract.shrink;

import org.jspecify.annotations.NullMarked;
