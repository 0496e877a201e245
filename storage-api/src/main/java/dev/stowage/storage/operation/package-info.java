/**
 * The 27 operations as values, and the one seam through which they reach a storage service: open {@link
 * dev.stowage.storage.operation.Operation} and {@link dev.stowage.storage.operation.Transport}. What a caller makes of a
 * transport is in {@code client}.
 */
@NullMarked
package dev.stowage.storage.operation;

import org.jspecify.annotations.NullMarked;
