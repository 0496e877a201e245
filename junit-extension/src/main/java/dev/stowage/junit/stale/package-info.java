/**
 * Detects values that an app cached from an install that was reinstalled since. Open {@link
 * dev.stowage.junit.stale.StaleValues}, and {@link dev.stowage.junit.stale.SignificantValues} for which values count.
 */
@NullMarked
package dev.stowage.junit.stale;

import org.jspecify.annotations.NullMarked;
