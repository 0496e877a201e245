/**
 * Detects values that an app cached from an install that was reinstalled since. Open {@link
 * dev.stowage.emulator.stale.StaleValues}, and {@link dev.stowage.emulator.stale.SignificantValues} for which values count.
 */
@NullMarked
package dev.stowage.emulator.stale;

import org.jspecify.annotations.NullMarked;
