/**
 * Histories of concurrent calls on one record: whether an order explains them, and if none does, why, in a sentence and a drawing.
 * Open {@link dev.stowage.contract.history.Linearizability}.
 */
@NullMarked
package dev.stowage.contract.history;

import org.jspecify.annotations.NullMarked;
