/**
 * Notices what an app still knows from an install that is over: {@link dev.stowage.junit.stale.StaleValues} is told what
 * passes, and says what should not have.
 */
@NullMarked
package dev.stowage.junit.stale;

import org.jspecify.annotations.NullMarked;
