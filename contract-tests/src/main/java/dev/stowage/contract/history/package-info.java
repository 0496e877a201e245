/**
 * Checks whether a concurrent history of one record is linearizable, and explains it in words and as a drawing if it is not. Open
 * {@link dev.stowage.contract.history.LinearizabilityChecker}.
 */
@NullMarked
package dev.stowage.contract.history;

import org.jspecify.annotations.NullMarked;
